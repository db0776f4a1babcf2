/**
 * Wrong, own: takes a send() of 0 bytes for a broken connection, as a well-known text on sockets
 * does.
 *
 * Says: "sendAll() failed: Error: Connection broken"
 * Says: "send() may take any part of what it is given"
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
  let got = 0;
  while (got < n) {
    const piece = sock.recv(n - got);
    if (piece.length === 0) throw new EndOfStream(all.slice(0, got), n);
    all.set(piece, got);
    got += piece.length;
  }
  return all;
}

export function sendAll(sock: Pick<Socket, "send">, bytes: Uint8Array): void {
  for (let sent = 0; sent < bytes.length;) {
    const taken = sock.send(bytes.subarray(sent));
    if (taken === 0) throw new Error("Connection broken");
    sent += taken;
  }
}
