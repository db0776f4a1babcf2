/** @module */
import type { Peer } from "../peer.ts";

/** Stops reading until the end of the scope. */
export function stopReading(peer: Peer): Disposable {
  peer.stopReading();
  return { [Symbol.dispose]: () => peer.resumeReading() };
}
