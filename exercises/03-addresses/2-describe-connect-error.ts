/**
 * Say in a sentence what this exercise is about.
 *
 * @module
 */
import { setImmediate } from "node:timers/promises";

/**
 * Say in a sentence what it does.
 *
 * @param bytes Say what, in which unit
 * @returns Say what
 * @throws {Error} Say when
 */
export async function describeConnectError(bytes: Uint8Array): Promise<Uint8Array> {
  // TODO: Say what is to be written
  throw new Error("Not written yet");
}
