/**
 * Right: a generator of pieces that asks once more at the end to be sure, and a sendAll() that
 * calls itself for the rest.
 *
 * Refused by a test that counts the calls after the end, or wants a loop.
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

function* chunks(sock: Pick<Socket, "recv">, n: number): Generator<Uint8Array> {
  const before: Uint8Array[] = [];
  for (let missing = n; missing > 0;) {
    let piece = sock.recv(missing);
    if (piece.length === 0) piece = sock.recv(missing);
    if (piece.length === 0) throw new EndOfStream(Buffer.concat(before), n);
    missing -= piece.length;
    before.push(piece);
    yield piece;
  }
}

export function recvExactly(sock: Pick<Socket, "recv">, n: number): Uint8Array {
  const pieces = [...chunks(sock, n)];
  return Uint8Array.from(Buffer.concat(pieces));
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  const most = 4096;
  if (bytes.length === 0) return;
  const taken = sock.send(bytes.subarray(0, most));
  sendAll(sock, bytes.subarray(taken));
}
