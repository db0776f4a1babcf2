/**
 * Wrong, own: asks for one byte at a time, so that it never gets too many.
 *
 * Says: "called recv() 1000 times for 1000 bytes that were all there"
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
  for (let got = 0; got < n; got++) {
    const piece = sock.recv(1);
    if (piece.length === 0) throw new EndOfStream(all.slice(0, got), n);
    all[got] = piece[0]!;
  }
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
