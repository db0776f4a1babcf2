/** @module */
import { setTimeout } from "node:timers/promises";
import type { Peer } from "../peer.ts";

/** Does nothing for a while: silence on an open connection is a fault of its own. */
export async function delay(peer: Peer, ms: number): Promise<void> {
  peer.story.tell(`${peer.name} was silent for ${ms} ms`);
  await setTimeout(ms);
}
