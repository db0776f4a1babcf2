/**
 * Tells a decoder whose small messages keep large memory alive from one whose messages own theirs.
 *
 * @module
 */
import { type Sample, streamOf } from "./cuttings.ts";
import type { Decoder } from "./decoder.ts";
import { Story } from "./story.ts";
import { Verdict } from "./verdict.ts";

/**
 * How many bytes one chunk has that is full of small messages: more than the piece that `Buffer`
 * cuts small ones out of, and no more than `array.push(...chunk)` can take.
 */
const manyBytes = 80 << 10;

/** What a message may hold on to beside its own bytes: the rest of such a piece. */
const mayPin = 64 << 10;

function holdsBytes(value: unknown): boolean {
  return value instanceof Uint8Array ||
    typeof value === "object" && Object.values(value ?? {}).some(holdsBytes);
}

/**
 * Pushes many messages in one chunk, and looks at the memory that each of them holds on to: whoever
 * keeps one of ten bytes does not want to keep all those that it came with.
 */
export function checkPinsLittle<T>(
  name: string,
  create: () => Decoder<T>,
  samples: Sample<T>[],
): void {
  if (!samples.some(({ value }) => holdsBytes(value))) return;
  const once = streamOf(samples, { first: 0, count: samples.length });
  const stream = new Uint8Array(Math.max(1, Math.floor(manyBytes / once.length)) * once.length);
  for (let at = 0; at < stream.length; at += once.length) stream.set(once, at);
  const pinned = (value: unknown): number =>
    value instanceof Uint8Array
      ? value.buffer.byteLength - value.length
      : Math.max(0, ...typeof value === "object" ? Object.values(value ?? {}).map(pinned) : []);
  const story = new Story();
  story.tell(`pushed ${stream.length} bytes, many messages in one chunk`);
  let values: T[];
  try {
    values = [...create().push(stream)];
  } catch (error) {
    const sentence = `${name} threw when many messages came in one chunk: ${error}`;
    throw new Verdict("threw", sentence, { story });
  }
  for (const [k, value] of values.entries()) {
    if (pinned(value) <= mayPin) continue;
    throw new Verdict(
      "pins",
      `${name} gave message ${k + 1} out as a view into ${
        pinned(value)
      } bytes: as long as somebody ` +
        "keeps the one, all of the others stay in memory",
      { story },
    );
  }
}
