/**
 * The segmentation adversary: TCP may cut a stream anywhere, so a decoder meets every cut.
 *
 * @module
 */
import fc from "fast-check";
import { isNotWritten } from "./calls.ts";
import { difference, show, snapshot } from "./compare.ts";
import {
  chunksOf,
  type Cutting,
  lengthOf,
  refuse,
  type Sample,
  type Slip,
  smallCuttings,
  streamOf,
} from "./cuttings.ts";
import type { Decoder } from "./decoder.ts";
import { checkPinsLittle } from "./pins.ts";
import { chooseSeed, seedNote } from "./seed.ts";

/**
 * Feeds every cutting of a stream to a decoder: whole, at every offset, one or two messages at every
 * two offsets, one byte at a time, and at random. The smallest cuttings come first, so the verdict
 * shows the smallest that fails. It also looks whether small messages hold on to large memory.
 *
 * @param name What the verdict calls it, `LineDecoder.push()`
 * @param create Makes a fresh decoder
 * @param samples Messages that follow one another on the wire
 * @param seed For the random cuttings; the verdict names it
 * @throws {Verdict} With the smallest cutting that fails: the chunk that broke it, and what had to be
 * kept when it came
 */
export function checkEveryCut<T>(
  name: string,
  create: () => Decoder<T>,
  samples: Sample<T>[],
  seed: number = chooseSeed(),
): void {
  for (const cutting of smallCuttings(samples)) {
    const slip = tryOne(name, create, samples, cutting);
    if (slip) throw refuse(slip, samples, cutting);
  }
  const all = { first: 0, count: samples.length };
  const end = streamOf(samples, all).length;
  const cutsets = fc.uniqueArray(fc.integer({ min: 1, max: Math.max(1, end - 1) }), {
    maxLength: end,
  });
  checkPinsLittle(name, create, samples);
  const result = fc.check(
    fc.property(cutsets, (cuts) => {
      return !tryOne(name, create, samples, { ...all, cuts: cuts.toSorted((a, b) => a - b) });
    }),
    { seed, numRuns: 200 },
  );
  if (!result.failed) return;
  const cuts = result.counterexample![0].toSorted((a, b) => a - b);
  const slip = tryOne(name, create, samples, { ...all, cuts })!;
  throw refuse({ ...slip, sentence: `${slip.sentence} ${seedNote(seed)}` }, samples, {
    ...all,
    cuts,
  });
}

function tryOne<T>(
  name: string,
  create: () => Decoder<T>,
  samples: Sample<T>[],
  cutting: Cutting,
): Slip | undefined {
  const slip = tryWith(name, create, samples, cutting, (chunk) => void chunk.fill(0xee));
  if (!slip || !["threw", "wrong-value"].includes(slip.diagnosis)) return slip;
  if (tryWith(name, create, samples, cutting, () => {})) return slip;
  const why = "kept a view of a chunk, and its memory was used again when push() had returned";
  return { ...slip, sentence: `${name} ${why}: ${slip.sentence.replace(`${name} `, "it ")}` };
}

function tryWith<T>(
  name: string,
  create: () => Decoder<T>,
  samples: Sample<T>[],
  cutting: Cutting,
  useAgain: (chunk: Uint8Array) => void,
): Slip | undefined {
  const wanted = samples.slice(cutting.first, cutting.first + cutting.count);
  const stream = streamOf(samples, cutting);
  const got: T[] = [];
  const asGiven: unknown[] = [];
  let pushed = 0;
  let at: Slip["at"];
  try {
    const decoder = create();
    for (const [k, chunk] of chunksOf(samples, cutting).entries()) {
      at = { chunk: k, kept: stream.subarray(lengthOf(wanted.slice(0, got.length)), pushed) };
      pushed += chunk.length;
      for (const value of decoder.push(chunk)) {
        asGiven.push(snapshot(wanted[got.length]?.value, value));
        got.push(value);
      }
      const slip = compare(name, wanted, asGiven, pushed);
      if (slip) return { ...slip, at };
      // Whoever keeps a view of this chunk, or hands one out, does not own it.
      useAgain(chunk);
    }
    at = undefined;
    decoder.end?.();
  } catch (error) {
    if (isNotWritten(error)) {
      return { diagnosis: "not-written", sentence: `${name} is not written yet` };
    }
    const where = at
      ? `${name} threw after ${pushed} bytes`
      : `${name.replace("push()", "end()")} threw behind the last whole message`;
    return { diagnosis: "threw", sentence: `${where}: ${error}`, at };
  }
  const k = got.findIndex((value, i) => difference(asGiven[i], value));
  return k < 0 ? undefined : {
    diagnosis: "changed-message",
    sentence: `${name} gave message ${k + 1} out, and it changed when more bytes came`,
  };
}

function compare<T>(
  name: string,
  wanted: Sample<T>[],
  got: unknown[],
  pushed: number,
): Slip | undefined {
  const k = got.findIndex((value, i) => i >= wanted.length || difference(wanted[i]!.value, value));
  if (k >= 0) {
    const what = k < wanted.length ? `wanted ${show(wanted[k]!.value)}` : "wanted no more";
    return {
      diagnosis: "wrong-value",
      sentence: `${name} gave ${show(got[k])} for message ${k + 1}, ${what}`,
    };
  }
  const complete = wanted.filter((_, i) => lengthOf(wanted.slice(0, i + 1)) <= pushed).length;
  if (got.length > complete) {
    return {
      diagnosis: "wrong-value",
      sentence: `${name} gave message ${got.length} out before its last byte had come`,
    };
  }
  if (got.length === complete) return undefined;
  return {
    diagnosis: "kept-message",
    sentence: `${name} has seen ${complete} whole messages in ${pushed} bytes and gave ` +
      `${got.length}: ${show(wanted[got.length]!.value)} is missing`,
  };
}
