/**
 * Says of what is received what it was: "Byte 5 came back as 0x20" names no cause by itself.
 *
 * @module
 */
import { Verdict } from "./verdict.ts";

/** The parts of a message: the offset behind each, and what it is called, in their order. */
export type Parts = [end: number, name: string][];

/**
 * Waits for a peer's `receive()` or `receiveEnd()`, and adds to its verdict what that was for.
 *
 * @param what `"the answer to the second query"`
 * @param parts Names the part in which a byte is another, if the parts are known
 * @throws {Verdict} The peer's, with these words behind its sentence
 */
export async function naming(what: string, done: Promise<void>, parts: Parts = []): Promise<void> {
  try {
    await done;
  } catch (error) {
    if (!(error instanceof Verdict)) throw error;
    const [sentence = ""] = error.message.split("\n");
    const at = /^Byte (\d+) came back/.exec(sentence)?.[1];
    const part = at && parts.find(([end]) => Number(at) < end)?.[1];
    throw error.withSentence(`${sentence} (${part ? `${part} of ` : ""}${what})`);
  }
}
