/**
 * What a server replies, and what a verdict says of it: `wanted 101`, and not `byte 3 is 0x64` alone.
 *
 * @module
 */
import { show } from "./compare.ts";
import type { Peer } from "./peer.ts";
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
    const at = /^Byte (\d+) came back/.exec(error.sentence)?.[1];
    const part = at && parts.find(([end]) => Number(at) < end)?.[1];
    throw error.withSentence(`${error.sentence} (${part ? `${part} of ` : ""}${what})`);
  }
}

/**
 * Waits for the end behind the last reply.
 *
 * @param why Why nothing more is due, for the verdict: `Ada had ended in the middle of a record`
 * @throws {Verdict} When one more reply comes, or no end
 */
export async function receiveNoMore(peer: Peer, why: string): Promise<void> {
  await naming(why, peer.receiveEnd());
}

/** How an answer stands in bytes. */
export interface Form<T> {
  /** how many there are of them */
  bytes: number;
  encode(answer: T): Uint8Array;
  decode(bytes: Uint8Array): T;
}

/**
 * Waits for replies of a fixed length.
 *
 * @param peer Who has asked
 * @param wanted The answers in their order
 * @param why What they follow from, for the verdict: `they came in one chunk`
 * @throws {Verdict} When others come, or fewer
 */
export async function receiveReplies<T>(
  peer: Peer,
  form: Form<T>,
  wanted: T[],
  why: string,
): Promise<void> {
  const evidence = { story: peer.story };
  for (const [k, answer] of wanted.entries()) {
    try {
      await peer.receive(form.encode(answer));
    } catch (error) {
      if (!(error instanceof Verdict)) throw error;
      const which = wanted.length > 1 ? `answer ${k + 1} of ${wanted.length}` : "the answer";
      const { unread } = peer;
      if (unread.length >= form.bytes) {
        const got = show(form.decode(unread.slice(0, form.bytes)));
        const sentence = `${peer.name} got ${got} as ${which}, wanted ${show(answer)} (${why})`;
        throw new Verdict(error.diagnosis, sentence, evidence);
      }
      const instead = {
        "sent-nothing": `waited in vain for ${which}`,
        "stopped-short": `waited in vain for ${which}`,
        "fin-too-early": `got FIN in place of ${which}`,
      }[error.diagnosis as string];
      if (instead === undefined) throw error;
      throw new Verdict(error.diagnosis, `${peer.name} ${instead} (${why})`, evidence);
    }
  }
}
