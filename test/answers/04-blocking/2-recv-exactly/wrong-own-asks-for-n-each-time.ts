/**
 * Wrong, own: asks for n bytes each time, not for those that are missing, and gives too many.
 *
 * Says: "too many from the socket"
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
  const pieces: Uint8Array[] = [];
  for (let got = 0; got < n;) {
    const piece = sock.recv(n);
    if (piece.length === 0) throw new EndOfStream(Buffer.concat(pieces), n);
    pieces.push(piece);
    got += piece.length;
  }
  return Buffer.concat(pieces).subarray(0, n);
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
