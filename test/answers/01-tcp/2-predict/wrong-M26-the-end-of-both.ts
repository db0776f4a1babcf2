/**
 * Wrong, M26: expects its own end to be the end of everything.
 *
 * Says: "receivedAfterTheOwnEnd() said "", and what happened was "answer""
 * Says: "a FIN ends the direction of the side that sends it"
 *
 * @module
 */
export function sizesOfTwoWrites(): number[] {
  return [10];
}

export function sizesOfWritesWithAnAnswerBetween(): number[] {
  return [5, 5];
}

export function sizesOfAnEmptyWrite(): number[] {
  return [];
}

export function oneEventForAMillionBytes(): boolean {
  return false;
}

export function sizesOfTwoDatagrams(): number[] {
  return [5, 5];
}

export function sizesOfAnEmptyDatagram(): number[] {
  return [0];
}

export function errorForADatagramToNobody(): boolean {
  return false;
}

export function receivedAfterTheOwnEnd(): string {
  return "";
}

export function writtenAlthoughNobodyReads(): boolean {
  return true;
}

export function answerOfAClosedPort(): string {
  return "RST";
}
