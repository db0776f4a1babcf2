/** @module */
import type { Peer } from "../peer.ts";

/** Sends bytes and, once the receiver has read them, RST. */
export async function reset(peer: Peer, bytes: Uint8Array | string = ""): Promise<void> {
  if (bytes.length > 0) await peer.send(bytes);
  await peer.drained();
  await peer.reset();
}
