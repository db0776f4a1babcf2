/** @module */
import { toBytes } from "../hex.ts";
import type { Peer } from "../peer.ts";

/** Sends several messages in one write, so that the receiver finds them in one chunk. */
export async function coalesce(peer: Peer, messages: (Uint8Array | string)[]): Promise<void> {
  await peer.send(Buffer.concat(messages.map(toBytes)));
}
