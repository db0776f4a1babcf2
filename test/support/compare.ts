/**
 * Compares what an answer gave with what was wanted, by what the contract names and nothing else.
 *
 * @module
 */
import { count, hex } from "./hex.ts";

/** The first place in which two values differ. */
export interface Difference {
  /** `""` for the whole, `".options[1].kind"` for a part */
  path: string;
  wanted: unknown;
  got: unknown;
}

/**
 * Finds the first difference. Bytes are equal whatever view they come in; an object may be of any
 * class and have more fields than wanted; a field that is missing is one that is undefined.
 */
export function difference(wanted: unknown, got: unknown, path = ""): Difference | undefined {
  const differs = { path, wanted, got };
  if (wanted instanceof Uint8Array) {
    const same = got instanceof Uint8Array && Buffer.compare(wanted, got) === 0;
    return same ? undefined : differs;
  }
  if (Array.isArray(wanted)) {
    if (!Array.isArray(got)) return differs;
    for (let i = 0; i < Math.min(wanted.length, got.length); i++) {
      const found = difference(wanted[i], got[i], `${path}[${i}]`);
      if (found) return found;
    }
    return wanted.length === got.length ? undefined : differs;
  }
  if (typeof wanted === "object" && wanted !== null) {
    if (typeof got !== "object" || got === null) return differs;
    for (const [key, value] of Object.entries(wanted)) {
      const found = difference(value, (got as Record<string, unknown>)[key], `${path}.${key}`);
      if (found) return found;
    }
    return undefined;
  }
  return Object.is(wanted, got) ? undefined : differs;
}

/** A copy of the part of a value that {@link difference} looks at, in memory of its own. */
export function snapshot(wanted: unknown, got: unknown): unknown {
  if (got instanceof Uint8Array) return Uint8Array.from(got);
  if (Array.isArray(got)) {
    return got.map((value, i) => snapshot(Array.isArray(wanted) ? wanted[i] : undefined, value));
  }
  if (typeof got !== "object" || got === null) return got;
  const keys = typeof wanted === "object" && wanted !== null
    ? Object.keys(wanted)
    : Object.keys(got);
  return Object.fromEntries(keys.map((key) => {
    const at = (it: unknown) => (it as Record<string, unknown> | undefined)?.[key];
    return [key, snapshot(at(wanted), at(got))];
  }));
}

/** A value in a sentence, in at most 60 characters. */
export function show(value: unknown): string {
  if (value instanceof Uint8Array) {
    const more = value.length > 8 ? " ..." : "";
    return value.length === 0
      ? "no bytes"
      : `${count(value.length)} ${hex(value.subarray(0, 8))}${more}`;
  }
  if (value instanceof Error) return String(value);
  const text = typeof value === "bigint"
    ? `${value}n`
    : JSON.stringify(value, (_key, it) =>
      it instanceof Uint8Array ? hex(it) : typeof it === "bigint" ? `${it}n` : it);
  if (text === undefined) return String(value);
  const seen = text.replace(invisible, (it) => `\\u${hexDigits(it)}`);
  return seen.length > 60 ? `${seen.slice(0, 57)}...` : seen;
}

/** Characters that JSON leaves as they are, and nobody sees. */
const invisible = /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]/g;

function hexDigits(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(4, "0");
}
