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

/**
 * Times a decoder against a reference that was timed a moment before, best of three each.
 *
 * @param name What the verdict calls it, `FrameDecoder.push()`
 * @param message One message of about a mebibyte, as it travels
 * @throws {Verdict} When it takes more than 25 times as long
 */
export function checkCost(
  name: string,
  create: () => Decoder<unknown>,
  reference: () => Decoder<unknown>,
  message: Uint8Array,
): void {
  const usual = bestOfThree(reference, message);
  const got = bestOfThree(create, message, usual * tooManyTimes * 2);
  const times = got / Math.max(usual, 0.05);
  if (times <= tooManyTimes) return;
  const story = new Story();
  story.tell(`a decoder that keeps a list of chunks took ${usual.toFixed(1)} ms`);
  story.tell(`${name} took ${got.toFixed(1)} ms`);
  throw new Verdict(
    "copies",
    `${name} takes ${Math.round(times)} times as long as it must for one message of ` +
      `${message.length} bytes in chunks of 256: it goes through all bytes again on each chunk`,
    { story },
  );
}

function bestOfThree(
  create: () => Decoder<unknown>,
  message: Uint8Array,
  enoughMs = Infinity,
): number {
  let best = Infinity;
  for (let run = 0; run < 3; run++) {
    const decoder = create();
    const [begun, begunCpu] = [performance.now(), cpuMs()];
    for (let at = 0; at < message.length; at += 256) {
      for (const _ of decoder.push(message.subarray(at, at + 256))) {
        /* its value does not matter */
      }
      // On a busy machine much time passes in which this process had little of the processor's.
      if (performance.now() - begun > 1500 && cpuMs() - begunCpu > enoughMs) break;
    }
    best = Math.min(best, cpuMs() - begunCpu);
    if (best > enoughMs) break;
  }
  return best;
}

/** The processor's time that this process has had: a busy machine does not make it more. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
