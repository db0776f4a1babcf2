/**
 * Wrong, M04: receives as much as it can, and drops what comes after the n bytes.
 *
 * Says: "too many from the socket"
 * Same as: wrong-own-asks-for-n-each-time.ts, because the socket sees the same of both: bytes are
 * gone that were not asked for.
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
  const pieces: Uint8Array[] = [];
  let got = 0;
  while (got < n) {
    const piece = sock.recv(65536);
    if (piece.length === 0) throw new EndOfStream(Buffer.concat(pieces), n);
    pieces.push(piece);
    got += piece.length;
  }
  all = Buffer.concat(pieces);
  return all.subarray(0, n);
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
