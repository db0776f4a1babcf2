/**
 * Wrong, own: asks again after a time-out, so that the caller's limit is none.
 *
 * Says: "called recv() again after its TimeoutError, of which nobody hears"
 *
 * @module
 */
import { TimeoutError } from "#berkeley/errors.ts";
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
  const all = new Uint8Array(n);
  for (let got = 0; got < n;) {
    let piece: Uint8Array;
    try {
      piece = sock.recv(n - got);
    } catch (error) {
      if (error instanceof TimeoutError) continue;
      throw error;
    }
    if (piece.length === 0) throw new EndOfStream(all.slice(0, got), n);
    all.set(piece, got);
    got += piece.length;
  }
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
