/**
 * Right: copies once at the beginning, and offers portions of the copy; do loops with a way out.
 *
 * Refused by a test that wants the very memory that was given, or that send() is offered all of it.
 *
 * @module
 */
import type { Socket } from "#berkeley/socket.ts";

/** The peer's FIN came too early. */
export class EndOfStream extends Error {
  /** "EndOfStream" */
  override name = "EndOfStream";
  readonly partial: Uint8Array;

  constructor(partial: Uint8Array, wanted: number) {
    super(`The peer ended after ${partial.length} of ${wanted} bytes`);
    this.partial = partial;
  }
}

export function recvExactly(sock: Pick<Socket, "recv">, n: number): Uint8Array {
  if (n === 0) return new Uint8Array(0);
  const all = Buffer.alloc(n);
  let got = 0;
  do {
    const piece = Buffer.from(sock.recv(n - got));
    if (piece.length === 0) throw new EndOfStream(Uint8Array.from(all.subarray(0, got)), n);
    got += piece.copy(all, got);
  } while (got !== n);
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  const all = Buffer.from(bytes);
  let at = 0;
  do {
    at += sock.send(all.subarray(at, Math.min(at + 2000, all.length)));
  } while (at < all.length);
}
