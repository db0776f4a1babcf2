/**
 * Right: functions from a table, with sizes that are computed.
 *
 * Refused by a test that wants functions of its own making, or the same array at each call.
 *
 * @module
 */
const hello = "Hello".length;
const world = "World".length;

const predicted = {
  stream: [hello + world],
  dialogue: [hello, world],
  answer: "answer",
  refusal: "RST",
};

export const sizesOfTwoWrites = () => predicted.stream;
export const sizesOfWritesWithAnAnswerBetween = () => [...predicted.dialogue];
export const sizesOfAnEmptyWrite = () => new Array<number>();
export const oneEventForAMillionBytes = () => !predicted.answer;
export const sizesOfTwoDatagrams = () => Array.from(predicted.dialogue);
export const sizesOfAnEmptyDatagram = () => ["".length];
export const errorForADatagramToNobody = () => false;
export const receivedAfterTheOwnEnd = () => predicted.answer;
export const writtenAlthoughNobodyReads = () => Boolean(predicted.answer);
export const answerOfAClosedPort = () => predicted.refusal;
