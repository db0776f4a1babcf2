/**
 * Wrong, M30: expects a write to be done when it has been read.
 *
 * Says: "writtenAlthoughNobodyReads() said false"
 * Says: "write() hands bytes to the kernel of its own machine"
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
  return "answer";
}

export function writtenAlthoughNobodyReads(): boolean {
  return false;
}

export function answerOfAClosedPort(): string {
  return "RST";
}
