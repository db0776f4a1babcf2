/**
 * What recv and send do not promise: all that they are asked for.
 *
 * @module
 */
import type { Socket } from "#berkeley/socket.ts";

/** The peer's FIN came too early. */
export class EndOfStream extends Error {
  /** "EndOfStream" */
  override name = "EndOfStream";
  /** what had come before it */
  readonly partial: Uint8Array;

  /**
   * @param partial What had come before the FIN
   * @param wanted How many bytes were asked for
   */
  constructor(partial: Uint8Array, wanted: number) {
    super(`The peer ended after ${partial.length} of ${wanted} bytes`);
    this.partial = partial;
  }
}

/**
 * Receives so many bytes, however many pieces they come in.
 *
 * What comes behind them stays in the socket, for whoever reads there next. What recv throws, a
 * TimeoutError or a reset, goes on to the caller. A mebibyte may come in thousands of pieces: those
 * that have come are not copied again for each new one, and recv is not called for each byte.
 *
 * @param sock A socket whose recv waits
 * @param n How many bytes, 0 or more; for 0 there is nothing to wait for
 * @returns Exactly n bytes, in memory that no other call uses
 * @throws {EndOfStream} When the peer sends FIN before that, with all that had come
 */
export function recvExactly(sock: Pick<Socket, "recv">, n: number): Uint8Array {
  // TODO: Ask until all bytes are there, for those that are missing and no more
  throw new Error("Not written yet");
}

/**
 * Sends all of these bytes, however few send takes at a time.
 *
 * That send has taken 0 of them is no error: the rest is offered again. What it throws goes on to
 * the caller. The rest is not copied for each call.
 *
 * @param sock A socket whose send waits
 * @param bytes What to send; they are not changed
 */
export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  // TODO: Offer what has not been taken yet, until nothing is left
  throw new Error("Not written yet");
}
