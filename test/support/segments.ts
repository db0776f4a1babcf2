/**
 * The segmentation adversary: TCP may cut a stream anywhere, so a decoder meets every cut.
 *
 * @module
 */
import fc from "fast-check";
import { isNotWritten } from "./calls.ts";
import { difference, show, snapshot } from "./compare.ts";
import { characters, count, hex } from "./hex.ts";
import { chooseSeed, seedNote } from "./seed.ts";
import { Story } from "./story.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

/** A message as it travels and as the decoder must hand it out. */
export interface Sample<T> {
  wire: Uint8Array;
  value: T;
}

/** What a decoder under test can do. */
export interface Decoder<T> {
  /** takes the next bytes of the stream and gives the messages that they complete */
  push(chunk: Uint8Array): Iterable<T>;
  /** takes the end of the stream, and throws in the middle of a message */
  end?(): void;
}

/**
 * The same decoder, fed with what a socket of Node gives: a Buffer, whose `slice()` is a view.
 *
 * @param create Makes a fresh decoder
 */
export function fedBuffers<T>(create: () => Decoder<T>): () => Decoder<T> {
  return () => {
    const decoder = create();
    return {
      push: ({ buffer, byteOffset, length }) =>
        decoder.push(Buffer.from(buffer as ArrayBuffer, byteOffset, length)),
      end: () => decoder.end?.(),
    };
  };
}

/** Bytes that a decoder must not take, behind messages that it must. */
export interface Fault {
  wire: Uint8Array;
  /** what is wrong with them, `its length is above the limit` */
  why: string;
  /** the class of the error that is due */
  error: new (message?: string) => Error;
}

/** A stream cut into chunks: which messages, and at which offsets. */
interface Cutting {
  first: number;
  count: number;
  cuts: number[];
}

/** What a decoder did wrong with one cutting. */
interface Slip {
  diagnosis: Diagnosis;
  sentence: string;
  /** the chunk with which it went wrong, counted from 0, and what it had to keep from those before */
  at?: { chunk: number; kept: Uint8Array } | undefined;
}

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
function checkPinsLittle<T>(name: string, create: () => Decoder<T>, samples: Sample<T>[]): void {
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

/**
 * Feeds every cutting of a stream that a decoder has to refuse, and then the end of the stream.
 *
 * @param wire What it must not take
 * @param why What is wrong with it, `the length is above the limit`
 * @param known After how many bytes the fault can be seen; after all of them and the end unless told
 * @throws {Verdict} When it takes them, or goes on after the fault could be seen
 */
export function checkEveryCutRefuses(
  name: string,
  create: () => Decoder<unknown>,
  wire: Uint8Array,
  why: string,
  known: number = Infinity,
): void {
  const samples = [{ wire, value: undefined }];
  for (const cutting of smallCuttings(samples)) {
    const slip = tryToRefuse(name, create, chunksOf(samples, cutting), why, known);
    if (slip) throw refuse(slip, samples, cutting);
  }
}

function tryToRefuse(
  name: string,
  create: () => Decoder<unknown>,
  chunks: Uint8Array[],
  why: string,
  known: number,
): Slip | undefined {
  let pushed = 0;
  try {
    const decoder = create();
    for (const chunk of chunks) {
      pushed += chunk.length;
      for (const _ of decoder.push(chunk)) {
        /* what comes before the fault may be right */
      }
      if (pushed >= known) break;
    }
    if (pushed < known) decoder.end?.();
  } catch (error) {
    return isNotWritten(error)
      ? { diagnosis: "not-written", sentence: `${name} is not written yet` }
      : undefined;
  }
  return {
    diagnosis: "should-fail",
    sentence: `${name} went on after ${count(pushed)}, although ${why}`,
  };
}

/**
 * Feeds every cutting of messages and a fault behind them: wherever the stream is cut, the messages
 * must come out, then an error of the right class, and after that nothing any more. The call that
 * gives the last messages need not be the one that throws.
 *
 * @param samples What stands before the fault
 * @throws {Verdict} When messages are lost, the error is another, or the decoder goes on
 */
export function checkEveryCutBreaksOff<T>(
  name: string,
  create: () => Decoder<T>,
  samples: Sample<T>[],
  fault: Fault,
): void {
  const all: Sample<unknown>[] = [...samples, { wire: fault.wire, value: undefined }];
  for (const cutting of smallCuttings(all)) {
    if (cutting.first + cutting.count < all.length) continue;
    const wanted = samples.slice(cutting.first);
    const slip = tryToBreakOff(name, create, wanted, chunksOf(all, cutting), fault);
    if (slip) throw refuse(slip, all, cutting);
  }
}

function tryToBreakOff<T>(
  name: string,
  create: () => Decoder<T>,
  wanted: Sample<T>[],
  chunks: Uint8Array[],
  { why, error: due }: Fault,
): Slip | undefined {
  let decoder: Decoder<T>;
  const got: T[] = [];
  const call = (action: () => void) => ({ error: thrownBy(action), given: got.length });
  const outcomes = [
    call(() => decoder = create()),
    ...chunks.map((chunk) => call(() => got.push(...decoder.push(chunk)))),
    call(() => decoder.end?.()),
  ];
  const at = outcomes.findIndex(({ error }) => error !== undefined);
  const slip = (diagnosis: Diagnosis, says: string) => ({ diagnosis, sentence: `${name} ${says}` });
  if (at < 0) return slip("should-fail", `went on to the end, although ${why}`);
  const { error, given } = outcomes[at]!;
  if (isNotWritten(error)) return slip("not-written", "is not written yet");
  const k = got.findIndex((value, i) => i >= wanted.length || difference(wanted[i]!.value, value));
  if (k >= 0 && k < given) {
    return slip("wrong-value", `gave ${show(got[k])} for message ${k + 1}, although ${why}`);
  }
  if (given < wanted.length) {
    return slip("kept-message", `threw (${why}) and lost a whole message that came before that`);
  }
  if (!(error instanceof due)) {
    return slip("wrong-value", `threw ${error}, wanted a ${due.name}: ${why}`);
  }
  return outcomes.slice(at).every(({ error }) => error !== undefined)
    ? undefined
    : slip("should-fail", `went on after the fault (${why}): the next call did not throw`);
}

function thrownBy(call: () => void): unknown {
  try {
    call();
    return undefined;
  } catch (error) {
    return error;
  }
}

// One message before two, no cut before one: the first to fail is the smallest.
function* smallCuttings<T>(samples: Sample<T>[]): Iterable<Cutting> {
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

function streamOf<T>(samples: Sample<T>[], { first, count }: Omit<Cutting, "cuts">): Uint8Array {
  return Uint8Array.from(samples.slice(first, first + count).flatMap(({ wire }) => [...wire]));
}

function chunksOf<T>(samples: Sample<T>[], cutting: Cutting): Uint8Array[] {
  const stream = streamOf(samples, cutting);
  const edges = [0, ...cutting.cuts, stream.length];
  return edges.slice(1).map((end, i) => stream.slice(edges[i], end));
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

function lengthOf(samples: Sample<unknown>[]): number {
  return samples.reduce((sum, { wire }) => sum + wire.length, 0);
}

function refuse<T>(slip: Slip, samples: Sample<T>[], cutting: Cutting): Verdict {
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
