/** @module */
import { toBytes } from "../hex.ts";
import type { Peer } from "../peer.ts";

/**
 * Sends bytes in small pieces, each only after the receiver has read the one before.
 *
 * On Linux the receiver sees every piece alone; elsewhere the pieces may join, and the story says so.
 * At about 2 ms a piece, keep it below 200 pieces.
 *
 * @param size Bytes in a piece
 */
export async function dribble(peer: Peer, bytes: Uint8Array | string, size = 1): Promise<void> {
  const all = toBytes(bytes);
  let alone = true;
  for (let at = 0; at < all.length; at += size) {
    await peer.send(all.subarray(at, at + size));
    alone = await peer.drained() && alone;
  }
  if (!alone) peer.story.tell("(this system cannot tell whether the pieces arrived one by one)");
}
