/**
 * Wrong, own: takes a piece that is shorter than what it asked for as a sign that the peer has
 * ended.
 *
 * Says: "recvExactly() failed: EndOfStream: The peer ended after 1 of 8 bytes"
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
    const piece = sock.recv(n - got);
    all.set(piece, got);
    got += piece.length;
    if (got < n) throw new EndOfStream(all.slice(0, got), n);
  }
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
