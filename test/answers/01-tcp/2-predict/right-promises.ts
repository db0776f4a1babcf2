/**
 * Right: each prediction is a promise, and the arrays have other names on them.
 *
 * Refused by a test that compares with `===`, or does not wait.
 *
 * @module
 */
class Sizes extends Array<number> {}

export const sizesOfTwoWrites = async () => await Promise.resolve(Sizes.of(10));
export const sizesOfWritesWithAnAnswerBetween = async () => await Promise.resolve(Sizes.of(5, 5));
export const sizesOfAnEmptyWrite = async () => await Promise.resolve(Sizes.of());
export const oneEventForAMillionBytes = async () => await Promise.resolve(1_000_000 <= 65_536);
export const sizesOfTwoDatagrams = async () => await Promise.resolve(Sizes.of(5, 5));
export const sizesOfAnEmptyDatagram = async () => await Promise.resolve(Sizes.of(0));
export const errorForADatagramToNobody = async () => await Promise.resolve(false);
export const receivedAfterTheOwnEnd = async () => await Promise.resolve("answer");
export const writtenAlthoughNobodyReads = async () => await Promise.resolve(true);
export const answerOfAClosedPort = async () => await Promise.resolve("RST");
