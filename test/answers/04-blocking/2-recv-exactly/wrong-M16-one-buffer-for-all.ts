/**
 * Wrong, M16: receives into one buffer for all calls, and hands out a view of it.
 *
 * Says: "its memory was used again"
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

let room = new Uint8Array(65536);

export function recvExactly(sock: Pick<Socket, "recv">, n: number): Uint8Array {
  if (n > room.length) room = new Uint8Array(n);
  for (let got = 0; got < n;) {
    const piece = sock.recv(n - got);
    if (piece.length === 0) throw new EndOfStream(room.slice(0, got), n);
    room.set(piece, got);
    got += piece.length;
  }
  return room.subarray(0, n);
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
