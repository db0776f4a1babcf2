/**
 * Tells a decoder that copies everything again on each chunk from one that does not.
 *
 * @module
 */
import process from "node:process";
import { isNotWritten } from "./calls.ts";
import type { Decoder } from "./decoder.ts";
import { Story } from "./story.ts";
import { Verdict } from "./verdict.ts";

/**
 * How much slower than the reference counts as too slow. Linear decoders differ by a small factor,
 * of up to 4 for one message and 12 for many, which are many pieces of memory to tidy up; quadratic
 * ones by hundreds, of which the time that is allowed here leaves a part to be seen.
 */
const tooManyTimes = { oneMessage: 12, manyMessages: 25 };

/** How the bytes come that a decoder is timed with. */
export interface CostOptions {
  /** all of them in one chunk, many messages, instead of one message in many chunks */
  atOnce?: boolean;
  /** of one message, 32 when nothing is said */
  chunkBytes?: number;
}

/**
 * Times a decoder against a reference that was timed a moment before, the best of several runs of each.
 *
 * @param name What the verdict calls it, `FrameDecoder.push()`
 * @param bytes One message of about a mebibyte as it travels, or many small ones, see the options
 * @throws {Verdict} When it takes more than 12 times as long, or 25 times with many messages
 */
export function checkCost(
  name: string,
  create: () => Decoder<unknown>,
  reference: () => Decoder<unknown>,
  bytes: Uint8Array,
  { atOnce = false, chunkBytes = atOnce ? bytes.length : 32 }: CostOptions = {},
): void {
  const limit = atOnce ? tooManyTimes.manyMessages : tooManyTimes.oneMessage;
  const story = new Story();
  // Many messages are many pieces of memory, and the time to tidy them up falls into some of the runs.
  const usual = best(atOnce ? 9 : 3, reference, { bytes, chunkBytes });
  let got: number;
  try {
    got = best(3, create, { bytes, chunkBytes, enoughMs: usual * limit * 2 });
  } catch (error) {
    if (isNotWritten(error)) throw error;
    const sentence = `${name} threw at ${bytes.length} bytes in chunks of ${chunkBytes}: ${error}`;
    throw new Verdict("threw", sentence, { story });
  }
  const times = got / Math.max(usual, 0.05);
  if (times <= limit) return;
  story.tell(`a decoder that copies each byte once took ${usual.toFixed(1)} ms`);
  story.tell(`${name} took ${got.toFixed(1)} ms, or was about to`);
  throw new Verdict(
    "copies",
    `${name} takes ${Math.round(times)} times as long as it must for ` +
      (atOnce
        ? `many messages in one chunk of ${bytes.length} bytes: it copies the rest behind each of them`
        : `one message of ${bytes.length} bytes in chunks of ${chunkBytes}: ` +
          "it goes through all bytes again on each chunk"),
    { story },
  );
}

/** The processor's time of the fastest of some runs, in ms. */
function best(
  runs: number,
  create: () => Decoder<unknown>,
  { bytes, chunkBytes, enoughMs = Infinity }: {
    bytes: Uint8Array;
    chunkBytes: number;
    enoughMs?: number;
  },
): number {
  let leastMs = Infinity;
  // Whoever computes for too long without a pause is taken for an endless loop.
  const untilMs = performance.now() + 1500;
  for (let run = 0; run < runs && performance.now() < untilMs; run++) {
    const decoder = create();
    const begunCpu = cpuMs();
    let [at, chunks] = [0, 0];
    do {
      for (const _ of decoder.push(bytes.subarray(at, at + chunkBytes))) {
        /* its value does not matter */
      }
      at = Math.min(at + chunkBytes, bytes.length);
      // Not each time: on Deno the question itself takes longer than many an answer.
      if (++chunks % 64 === 0 && cpuMs() - begunCpu > enoughMs) break;
    } while (at < bytes.length && performance.now() < untilMs);
    // What is left would cost as much again, at least.
    leastMs = Math.min(leastMs, (cpuMs() - begunCpu) * bytes.length / at);
    if (leastMs > enoughMs) break;
  }
  return leastMs;
}

/** The processor's time that this process has had: a busy machine does not make it more. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
