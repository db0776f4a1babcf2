/**
 * A stream and the ways to cut it into chunks, the smallest first, and how a verdict shows one.
 *
 * @module
 */
import { characters, hex } from "./hex.ts";
import { Story } from "./story.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

/** A message as it travels and as the decoder must hand it out. */
export interface Sample<T> {
  wire: Uint8Array;
  value: T;
}

/** A stream cut into chunks: which messages, and at which offsets. */
export interface Cutting {
  first: number;
  count: number;
  cuts: number[];
}

/** What a decoder did wrong with one cutting. */
export interface Slip {
  diagnosis: Diagnosis;
  sentence: string;
  /** the chunk with which it went wrong, counted from 0, and what it had to keep from those before */
  at?: { chunk: number; kept: Uint8Array } | undefined;
}

/** One message before two, no cut before one: the first to fail is the smallest. */
export function* smallCuttings<T>(samples: Sample<T>[]): Iterable<Cutting> {
  for (let count = 1; count <= samples.length; count++) {
    for (let first = 0; first + count <= samples.length; first++) {
      const base = { first, count };
      const { length } = streamOf(samples, base);
      yield { ...base, cuts: [] };
      for (let a = 1; a < length; a++) yield { ...base, cuts: [a] };
      for (let a = 1; a < length && length <= 64 && count <= 2; a++) {
        for (let b = a + 1; b < length; b++) yield { ...base, cuts: [a, b] };
      }
      yield { ...base, cuts: Array.from({ length: Math.max(0, length - 1) }, (_, i) => i + 1) };
    }
  }
}

/** The bytes of the messages that a cutting takes. */
export function streamOf<T>(
  samples: Sample<T>[],
  { first, count }: Omit<Cutting, "cuts">,
): Uint8Array {
  return Uint8Array.from(samples.slice(first, first + count).flatMap(({ wire }) => [...wire]));
}

/** The chunks, each in memory of its own. */
export function chunksOf<T>(samples: Sample<T>[], cutting: Cutting): Uint8Array[] {
  const stream = streamOf(samples, cutting);
  const edges = [0, ...cutting.cuts, stream.length];
  return edges.slice(1).map((end, i) => stream.slice(edges[i], end));
}

/** How many bytes these messages are on the wire. */
export function lengthOf(samples: Sample<unknown>[]): number {
  return samples.reduce((sum, { wire }) => sum + wire.length, 0);
}

/** A verdict that shows the chunks that it happened with. */
export function refuse<T>(slip: Slip, samples: Sample<T>[], cutting: Cutting): Verdict {
  const story = new Story();
  const chunks = chunksOf(samples, cutting);
  for (const chunk of chunks) story.tellBytes("pushed", chunk, "apart");
  const picture = slip.at ? drawState(slip.at, chunks) : drawChunks(chunks);
  return new Verdict(slip.diagnosis, slip.sentence, { story, picture });
}

/** What had to be kept when it went wrong, and the chunk that came then. */
function drawState({ chunk, kept }: NonNullable<Slip["at"]>, chunks: Uint8Array[]): string[] {
  return [
    ...kept.length > 0 ? drawRow("to keep", kept, "its end") : [],
    ...drawRow(`chunk ${chunk + 1}`, chunks[chunk]!),
    ...chunk > 1 || chunk < chunks.length - 1 ? [`of ${chunks.length} chunks`] : [],
  ];
}

function drawChunks(chunks: Uint8Array[]): string[] {
  const picture = chunks.slice(0, 2).flatMap((chunk, i) => drawRow(`chunk ${i + 1}`, chunk));
  if (chunks.length > 2) picture.push(`and ${chunks.length - 2} chunks more`);
  return picture;
}

/** Hex over characters; of more than 16 bytes the first ones, or the last. */
function drawRow(label: string, bytes: Uint8Array, part?: "its end"): string[] {
  const row = part ? bytes.subarray(-16) : bytes.subarray(0, 16);
  const dots = bytes.length > 16 ? "..." : "";
  const before = part && dots ? `${dots} ` : "";
  return [
    `${label.padEnd(9)}${before}${hex(row)} ${part ? "" : dots}`.trimEnd(),
    `${" ".repeat(9 + before.length)}${characters(row)}`,
  ];
}
