/**
 * Wrong, own: has the kernel wait for all, by a flag that holds neither with a time limit nor in a
 * worker.
 *
 * Says: "recvExactly() failed: EndOfStream: The peer ended after 1 of 8 bytes"
 * Same as: wrong-own-short-piece-is-last.ts, because each of them takes fewer bytes than it asked
 * for as a sign of the end.
 *
 * @module
 */
import { MSG_WAITALL, type Socket } from "#berkeley/socket.ts";

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
  const all = sock.recv(n, MSG_WAITALL);
  if (all.length < n) throw new EndOfStream(all, n);
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  let sent = 0;
  while (sent < bytes.length) sent += sock.send(bytes.subarray(sent));
}
