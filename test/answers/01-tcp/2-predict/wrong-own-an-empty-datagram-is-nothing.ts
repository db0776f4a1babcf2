/**
 * Wrong, own: expects an empty datagram to be none.
 *
 * Says: "sizesOfAnEmptyDatagram() said [], and what happened was [0]"
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
  return [];
}

export function errorForADatagramToNobody(): boolean {
  return false;
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
