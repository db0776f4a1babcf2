/**
 * Wrong, own: makes the end of a stream of every error.
 *
 * Says: "which does not say "timed out""
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
  const all = new Uint8Array(n);
  for (let got = 0; got < n;) {
    let piece = new Uint8Array();
    try {
      piece = sock.recv(n - got) as typeof piece;
    } catch {
      // gone
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
