/**
 * Bytes compared field by field, so that a verdict can name the field that is wrong.
 *
 * @module
 */
import type { Calls } from "./calls.ts";
import { show } from "./compare.ts";
import { explainValue } from "./explain.ts";
import { count, firstDifference, hexDifference } from "./hex.ts";
import { Verdict } from "./verdict.ts";

/** A field of a header. */
export interface Field {
  name: string;
  /** offset of its first byte */
  from: number;
  /** and of the one behind its last; Infinity for a field that goes on to the end */
  to: number;
  /** what it follows from, for the verdict: `32 bits without a sign` */
  why: string;
}

/**
 * Compares bytes that a call gave, first how many they are, then field by field.
 *
 * @param name How the story calls the call, `packHeader() of a plain header`
 * @param got What it gave
 * @param size Where the number of bytes comes from, for the verdict
 * @throws {Verdict} When they are not what was wanted, or no bytes
 */
export function checkFields(
  { story }: Calls,
  name: string,
  got: unknown,
  { wanted, fields, size }: { wanted: Uint8Array; fields: Field[]; size: string },
): void {
  const refuse = (sentence: string, picture?: string[]) =>
    new Verdict("wrong-value", `${name} gave ${sentence}`, {
      story,
      ...picture ? { picture } : {},
    });
  if (!(got instanceof Uint8Array)) throw refuse(`${show(got)}, not a Uint8Array`);
  const at = firstDifference(wanted, got);
  if (got.length !== wanted.length) {
    const picture = hexDifference(wanted, got, at < 0 ? got.length : at);
    throw refuse(`${count(got.length)}, wanted ${wanted.length} (${size})`, picture);
  }
  if (at < 0) return;
  const field = fields.find(({ from, to }) => from <= at && at < to)!;
  const [right, wrong] = [wanted, got].map((it) => it.subarray(field.from, field.to)) as [
    Uint8Array,
    Uint8Array,
  ];
  const reason = explainValue(right, wrong) || field.why;
  const sentence = `${show(wrong)} for ${field.name}, wanted ${show(right)} (${reason})`;
  throw refuse(sentence, hexDifference(wanted, got, at));
}
