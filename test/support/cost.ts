/**
 * Tells a decoder that copies everything again on each chunk from one that does not.
 *
 * @module
 */
import process from "node:process";
import type { Decoder } from "./segments.ts";
import { Story } from "./story.ts";
import { Verdict } from "./verdict.ts";

/**
 * How much slower than the reference counts as too slow. Linear decoders differ by a small factor;
 * quadratic ones, at 4,096 chunks, by hundreds.
 */
const tooManyTimes = 25;

/** How the bytes come that a decoder is timed with. */
export interface CostOptions {
  /** all of them in one chunk, many messages, instead of one message in chunks of 256 */
  atOnce?: boolean;
}

/**
 * Times a decoder against a reference that was timed a moment before, best of three each.
 *
 * @param name What the verdict calls it, `FrameDecoder.push()`
 * @param bytes One message of about a mebibyte as it travels, or many small ones, see the options
 * @throws {Verdict} When it takes more than 25 times as long
 */
export function checkCost(
  name: string,
  create: () => Decoder<unknown>,
  reference: () => Decoder<unknown>,
  bytes: Uint8Array,
  { atOnce = false }: CostOptions = {},
): void {
  const chunkBytes = atOnce ? bytes.length : 256;
  const usual = bestOfThree(reference, bytes, chunkBytes);
  const got = bestOfThree(create, bytes, chunkBytes, usual * tooManyTimes * 2);
  const times = got / Math.max(usual, 0.05);
  if (times <= tooManyTimes) return;
  const story = new Story();
  story.tell(`a decoder that copies each byte once took ${usual.toFixed(1)} ms`);
  story.tell(`${name} took ${got.toFixed(1)} ms`);
  throw new Verdict(
    "copies",
    `${name} takes ${Math.round(times)} times as long as it must for ` +
      (atOnce
        ? `many messages in one chunk of ${bytes.length} bytes: it copies the rest behind each of them`
        : `one message of ${bytes.length} bytes in chunks of 256: ` +
          "it goes through all bytes again on each chunk"),
    { story },
  );
}

function bestOfThree(
  create: () => Decoder<unknown>,
  bytes: Uint8Array,
  chunkBytes: number,
  enoughMs = Infinity,
): number {
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const decoder = create();
    const [begun, begunCpu] = [performance.now(), cpuMs()];
    let [at, chunks] = [0, 0];
    // Whoever computes for too long without a pause is taken for an endless loop.
    while (at < bytes.length && performance.now() - begun < 1500) {
      for (const _ of decoder.push(bytes.subarray(at, at + chunkBytes))) {
        /* its value does not matter */
      }
      at = Math.min(at + chunkBytes, bytes.length);
      // Not each time: on Deno the question itself takes longer than many an answer.
      if (++chunks % 64 === 0 && cpuMs() - begunCpu > enoughMs) break;
    }
    // What is left would cost as much again, at least.
    best = Math.min(best, (cpuMs() - begunCpu) * bytes.length / at);
    if (best > enoughMs) break;
  }
  return best;
}

/** The processor's time that this process has had: a busy machine does not make it more. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
