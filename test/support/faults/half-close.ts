/** @module */
import type { Peer } from "../peer.ts";

/** Sends bytes and FIN, and goes on reading. */
export async function halfClose(peer: Peer, bytes: Uint8Array | string = ""): Promise<void> {
  if (bytes.length > 0) await peer.send(bytes);
  peer.halfClose();
}
