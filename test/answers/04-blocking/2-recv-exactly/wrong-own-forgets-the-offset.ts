/**
 * Wrong, own: offers the memory that a view lies in, from its beginning, and not the view.
 *
 * Says: "offered other bytes than it was given after 0 of 16 bytes"
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
  let got = 0;
  while (got < n) {
    const piece = sock.recv(n - got);
    if (piece.length === 0) throw new EndOfStream(all.slice(0, got), n);
    all.set(piece, got);
    got += piece.length;
  }
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) {
    sent += sock.send(new Uint8Array(bytes.buffer, sent, bytes.length - sent));
  }
}
