/**
 * Wrong, M01: expects an event for each write.
 *
 * Says: "sizesOfTwoWrites() said [5,5], and what happened was [10]: TCP carries bytes"
 *
 * @module
 */
export function sizesOfTwoWrites(): number[] {
  return [5, 5];
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
  return "answer";
}

export function writtenAlthoughNobodyReads(): boolean {
  return true;
}

export function answerOfAClosedPort(): string {
  return "RST";
}
