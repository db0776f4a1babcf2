/**
 * What will happen? Ten experiments, to be predicted.
 *
 * Each function says what one experiment will give. Nothing is to be programmed: put your
 * prediction in the place of the `throw`. The experiment is then made, here and now, with
 * `node:net` and `node:dgram` over 127.0.0.1, and both are compared.
 *
 * Where sizes are asked for: the lengths in bytes of what arrives, in the order of arrival, one
 * number for each `"data"` event of a TCP socket or each `"message"` event of a UDP socket; `[]`
 * when there is none. The other side reads all the time, as such a listener does.
 *
 * @module
 */

/**
 * Over TCP, a client writes `Hello` and then `World`, in two calls of `write()` on two lines that
 * follow each other, right after `connect()` has returned. What sizes does the server get?
 */
export function sizesOfTwoWrites(): number[] {
  // TODO: Say which sizes
  throw new Error("Not written yet");
}

/**
 * Over TCP, a client writes `Hello`, waits for an answer of one byte, and only then writes `World`.
 * The server answers each `"data"` event with one byte. What sizes does the server get?
 */
export function sizesOfWritesWithAnAnswerBetween(): number[] {
  // TODO: Say which sizes
  throw new Error("Not written yet");
}

/**
 * Over TCP, a client writes an empty text, `write("")`, and then ends its direction, by `end()`.
 * What sizes does the server get?
 */
export function sizesOfAnEmptyWrite(): number[] {
  // TODO: Say which sizes
  throw new Error("Not written yet");
}

/**
 * Over TCP, a client writes 1,000,000 bytes in one call of `write()`. Does the server get them in
 * one `"data"` event?
 */
export function oneEventForAMillionBytes(): boolean {
  // TODO: Say true or false
  throw new Error("Not written yet");
}

/**
 * Over UDP, a client sends `Hello`, and when the callback of that `send()` is called, `World`. What
 * sizes does the server get?
 */
export function sizesOfTwoDatagrams(): number[] {
  // TODO: Say which sizes
  throw new Error("Not written yet");
}

/** Over UDP, a client sends one datagram of 0 bytes. What sizes does the server get? */
export function sizesOfAnEmptyDatagram(): number[] {
  // TODO: Say which sizes
  throw new Error("Not written yet");
}

/**
 * Over UDP, from a socket that is not connected, a client sends a datagram of five bytes to a port
 * of this machine where nobody listens. Does the callback of `send()` get an error?
 */
export function errorForADatagramToNobody(): boolean {
  // TODO: Say true or false
  throw new Error("Not written yet");
}

/**
 * Over TCP, a client sends `question` and ends its direction: its FIN goes out. When the server,
 * which allows a half-open connection, has seen that end, it writes `answer` and ends its own
 * direction. What text does the client receive, all in all?
 */
export function receivedAfterTheOwnEnd(): string {
  // TODO: Say which text
  throw new Error("Not written yet");
}

/**
 * Over TCP, a client connects to a server that accepts the connection and never reads from it, and
 * writes 1000 bytes. Is the callback of `write()` called all the same, without an error?
 */
export function writtenAlthoughNobodyReads(): boolean {
  // TODO: Say true or false
  throw new Error("Not written yet");
}

/**
 * Over TCP, a client connects to a port of this machine where nobody listens. What does the SYN get
 * for an answer: a `"SYN"`, an `"RST"`, a `"FIN"`, each with an ACK, or `"nothing"`?
 */
export function answerOfAClosedPort(): "SYN" | "RST" | "FIN" | "nothing" {
  // TODO: Say which of the four
  throw new Error("Not written yet");
}
