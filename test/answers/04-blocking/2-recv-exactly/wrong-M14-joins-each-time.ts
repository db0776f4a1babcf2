/**
 * Wrong, M14: joins all that has come with each new piece.
 *
 * Says: "it goes through all bytes again on each chunk"
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
  let all: Buffer = Buffer.alloc(0);
  while (all.length < n) {
    const piece = sock.recv(n - all.length);
    if (piece.length === 0) throw new EndOfStream(all, n);
    all = Buffer.concat([all, piece]);
  }
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
