/**
 * The segmentation adversary with bytes that a decoder must refuse, wherever they are cut.
 *
 * @module
 */
import { isNotWritten } from "./calls.ts";
import { difference, show } from "./compare.ts";
import { chunksOf, refuse, type Sample, type Slip, smallCuttings } from "./cuttings.ts";
import type { Decoder } from "./decoder.ts";
import { count } from "./hex.ts";
import type { Diagnosis } from "./verdict.ts";

/** Bytes that a decoder must not take. */
interface Refused {
  wire: Uint8Array;
  /** what is wrong with them, `its length is above the limit` */
  why: string;
}

/** Such bytes by themselves. */
export interface Hostile extends Refused {
  /** how many of them it takes to see the fault; all of them and the end unless told */
  seenAfterBytes?: number | undefined;
}

/** Such bytes behind messages that it must take. */
export interface Fault extends Refused {
  /** the class of the error that is due */
  error: new (message?: string) => Error;
}

/**
 * Feeds every cutting of a stream that a decoder has to refuse, and then the end of the stream.
 *
 * @throws {Verdict} When it takes them, or goes on after the fault could be seen
 */
export function checkEveryCutRefuses(
  name: string,
  create: () => Decoder<unknown>,
  hostile: Hostile,
): void {
  const samples = [{ wire: hostile.wire, value: undefined }];
  for (const cutting of smallCuttings(samples)) {
    const slip = tryToRefuse(name, create, chunksOf(samples, cutting), hostile);
    if (slip) throw refuse(slip, samples, cutting);
  }
}

function tryToRefuse(
  name: string,
  create: () => Decoder<unknown>,
  chunks: Uint8Array[],
  { why, seenAfterBytes = Infinity }: Hostile,
): Slip | undefined {
  let pushed = 0;
  try {
    const decoder = create();
    for (const chunk of chunks) {
      pushed += chunk.length;
      for (const _ of decoder.push(chunk)) {
        /* what comes before the fault may be right */
      }
      if (pushed >= seenAfterBytes) break;
    }
    if (pushed < seenAfterBytes) decoder.end?.();
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
