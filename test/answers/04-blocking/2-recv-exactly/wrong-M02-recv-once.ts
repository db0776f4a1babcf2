/**
 * Wrong, M02: takes one recv() for the whole.
 *
 * Says: "gave 1 of 8 bytes"
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
  const bytes = sock.recv(n);
  if (bytes.length === 0 && n > 0) throw new EndOfStream(bytes, n);
  return bytes;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
