/**
 * Wrong, own: reads until recv() gives nothing, and only then looks whether there is enough.
 *
 * Says: "called recv() after all 8 bytes that its peer had to send: a real one waits there for ever"
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
  for (let piece = sock.recv(n); piece.length > 0; piece = sock.recv(n)) pieces.push(piece);
  const all = Buffer.concat(pieces);
  if (all.length < n) throw new EndOfStream(all, n);
  return all.subarray(0, n);
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
