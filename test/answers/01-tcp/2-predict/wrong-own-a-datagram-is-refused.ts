/**
 * Wrong, own: expects UDP to be refused as TCP is.
 *
 * Says: "errorForADatagramToNobody() said true, and what happened was false: UDP sends"
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
  return true;
}

export function receivedAfterTheOwnEnd(): string {
  return "answer";
}

export function writtenAlthoughNobodyReads(): boolean {
  return true;
}

export function answerOfAClosedPort(): string {
  return "RST";
}
