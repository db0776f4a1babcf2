/**
 * Right: a list of pieces, joined at the end, and portions of at most 1,024 bytes.
 *
 * Refused by a test that wants recv() to be asked for all that is missing.
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
  let missing = n;
  while (missing > 0) {
    const piece = sock.recv(Math.min(missing, 1024));
    if (piece.length === 0) throw new EndOfStream(Buffer.concat(pieces), n);
    pieces.push(piece);
    missing -= piece.length;
  }
  return Buffer.concat(pieces);
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(sock.send(rest));
}
