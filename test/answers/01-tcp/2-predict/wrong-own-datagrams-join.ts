/**
 * Wrong, own: expects of UDP what it has learned of TCP.
 *
 * Says: "sizesOfTwoDatagrams() said [10], and what happened was [5,5]"
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
  return [10];
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
