/**
 * Numbers as bytes and back, by a format: Python's `struct`.
 *
 * ```ts
 * pack("!BH", 1, 65535); // Uint8Array [1, 255, 255]: eight bits and sixteen
 * unpack("!BH", bytes); // [1, 65535]
 * ```
 *
 * The first character says the byte order: `!` or `>` the network's (highest byte first), `<` lowest
 * byte first, `=` this machine's; `@`, or none, this machine's with the sizes and gaps that C has here.
 *
 * | format | what | bytes | in TypeScript |
 * | --- | --- | --- | --- |
 * | `x` | a zero byte | 1 | nothing |
 * | `c` | one byte | 1 | Uint8Array |
 * | `?` | a truth value | 1 | boolean |
 * | `b` `B` | whole number, signed and unsigned | 1 | number |
 * | `h` `H` | the same | 2 | number |
 * | `i` `I` | the same | 4 | number |
 * | `l` `L` | the same | 4; 8 behind `@` | number; bigint when it has 8 |
 * | `q` `Q` | the same | 8 | bigint |
 * | `n` `N` `P` | size and pointer, behind `@` alone | 8 | bigint |
 * | `f` `d` | IEEE 754 number | 4, 8 | number |
 * | `5s` | five bytes, cut or filled with zeros | 5 | Uint8Array |
 * | `5p` | a length in one byte, and at most four bytes | 5 | Uint8Array |
 *
 * A number before another character repeats it: `4H` is `HHHH`. pack() takes a bigint or a number for
 * each whole number. Unlike the rest of the library this calls nothing, and needs no permission on
 * Deno.
 *
 * @module
 */
import { checkBytes, restOf, show } from "./system/check.ts";
import { littleEndian } from "./system/platform.ts";

/** A format that is none, or values that do not fit into it. Python's `struct.error`. */
export class StructError extends Error {
  /** "StructError" */
  override name = "StructError";
}

/** What a format gives or takes. */
export type StructValue = number | bigint | boolean | Uint8Array;

/** One field: where it lies, and what it is. */
interface Field {
  code: string;
  at: number;
  size: number;
}

/** Some fields of one kind, one behind the other. */
interface Item extends Field {
  count: number;
}

interface Layout {
  items: Item[];
  /** how many values they are */
  count: number;
  size: number;
  little: boolean;
}

const standard: Record<string, number> = {
  x: 1,
  c: 1,
  "?": 1,
  b: 1,
  B: 1,
  h: 2,
  H: 2,
  i: 4,
  I: 4,
  l: 4,
  L: 4,
  q: 8,
  Q: 8,
  f: 4,
  d: 8,
  s: 1,
  p: 1,
};
/** Sizes in C on the 64-bit systems that the library knows. */
const native: Record<string, number> = { ...standard, l: 8, L: 8, n: 8, N: 8, P: 8 };

/** The most that a format may describe, in bytes. */
const mostBytes = 0x7fff_ffff;
/** The most that pack() makes: a format of few characters can ask for all the memory there is. */
const mostPacked = 1 << 26;

/**
 * Writes values as bytes.
 *
 * @param format `"!BH"`
 * @param values One for each field
 * @throws {StructError} When the format is none, or there are more or fewer values than fields, or one
 * is too large for its field; or it describes more than 64 MiB
 */
export function pack(format: string, ...values: StructValue[]): Uint8Array {
  const { items, count, size, little } = layoutOf(format);
  if (values.length !== count) {
    throw new StructError(`pack() takes ${count} values, got ${values.length}`);
  }
  if (size > mostPacked) {
    throw new StructError(`pack() makes at most ${mostPacked} bytes, ${show(format)} has ${size}`);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  fieldsOf(items).forEach((field, i) => write(view, field, { value: values[i], little }));
  return bytes;
}

/**
 * Reads values out of bytes.
 *
 * @param format `"!BH"`
 * @param bytes As many as calcsize(format) says
 * @throws {StructError} When the format is none, or there are more or fewer bytes
 */
export function unpack(format: string, bytes: Uint8Array): StructValue[] {
  const { items, size, little } = layoutOf(format);
  const { buffer, byteOffset, length } = restOf(checkBytes("unpack", bytes), 0);
  if (length !== size) {
    throw new StructError(`unpack() takes ${size} bytes for ${show(format)}, got ${length}`);
  }
  const view = new DataView(buffer, byteOffset, length);
  return fieldsOf(items).map((field) => read(view, field, little));
}

/**
 * How many bytes a format describes.
 *
 * @param format `"!BH"`
 * @throws {StructError} When it is none
 */
export function calcsize(format: string): number {
  return layoutOf(format).size;
}

function layoutOf(format: string): Layout {
  if (typeof format !== "string") throw new TypeError(`A format is text, got ${show(format)}`);
  const order = /^[@=<>!]/.exec(format)?.[0] ?? "";
  const isNative = order === "" || order === "@";
  const sizes = isNative ? native : standard;
  const items: Item[] = [];
  let [at, values] = [0, 0];
  for (const [text, digits = "", code = ""] of format.slice(order.length).matchAll(item)) {
    if (text.trim() === "") continue;
    const size = sizes[code];
    if (size === undefined) {
      throw new StructError(`${show(format)} is no format: ${show(text)} in it`);
    }
    const count = digits === "" ? 1 : Number(digits);
    if (isNative) at = Math.ceil(at / size) * size;
    if (at + count * size > mostBytes) throw new StructError(`${show(format)} describes too much`);
    const isText = code === "s" || code === "p";
    if (isText) items.push({ code, at, size: count, count: 1 });
    else if (code !== "x") items.push({ code, at, size, count });
    at += count * size;
    values += isText ? 1 : code === "x" ? 0 : count;
  }
  const little = order === "<" || (order !== ">" && order !== "!" && littleEndian);
  return { items, count: values, size: at, little };
}

// Only where there is a value or bytes for each: "2000000000B" is a format, too.
function fieldsOf(items: Item[]): Field[] {
  return items.flatMap(({ code, at, size, count }) =>
    Array.from({ length: count }, (_, i) => ({ code, at: at + i * size, size }))
  );
}

const item = /\s+|(\d*)([a-zA-Z?])|[^]/g;

function write(
  view: DataView,
  { code, at, size }: Field,
  { value, little }: { value: unknown; little: boolean },
): void {
  if (code === "s" || code === "p" || code === "c") {
    writeBytes(view, { code, at, size }, value);
  } else if (code === "?") {
    view.setUint8(at, value ? 1 : 0);
  } else if (code === "f" || code === "d") {
    writeFloat(view, { code, at, size }, { value, little });
  } else {
    writeInteger(view, { code, at, size }, { value, little });
  }
}

function writeBytes(view: DataView, { code, at, size }: Field, value: unknown): void {
  if (!(value instanceof Uint8Array)) {
    throw new StructError(`"${code}" takes bytes: a Uint8Array, got ${show(value)}`);
  }
  const bytes = restOf(checkBytes("pack", value), 0);
  if (code === "c" && bytes.length !== 1) {
    throw new StructError(`"c" takes one byte, got ${bytes.length}`);
  }
  const target = new Uint8Array(view.buffer, view.byteOffset + at, size);
  if (code !== "p") return target.set(bytes.subarray(0, size));
  if (size === 0) return;
  const kept = bytes.subarray(0, Math.min(size - 1, 255));
  target[0] = kept.length;
  target.set(kept, 1);
}

function writeFloat(
  view: DataView,
  { code, at }: Field,
  { value, little }: { value: unknown; little: boolean },
): void {
  if (typeof value !== "number" && typeof value !== "bigint") {
    throw new StructError(`"${code}" takes a number, got ${show(value)}`);
  }
  const number = Number(value);
  if (typeof value === "bigint" && !Number.isFinite(number)) {
    throw new StructError(`"${code}" takes a number of 64 bits, got ${show(value)}`);
  }
  if (code === "d") return view.setFloat64(at, number, little);
  if (Number.isFinite(number) && !Number.isFinite(Math.fround(number))) {
    throw new StructError(`"f" takes a number of 32 bits, got ${number}`);
  }
  view.setFloat32(at, number, little);
}

function writeInteger(
  view: DataView,
  { code, at, size }: Field,
  { value, little }: { value: unknown; little: boolean },
): void {
  const isWhole = typeof value === "bigint" || Number.isSafeInteger(value);
  if (!isWhole) {
    const hint = Number.isInteger(value) ? "; from 2 ** 53 on, pass a bigint" : "";
    throw new StructError(`"${code}" takes a whole number, got ${show(value)}${hint}`);
  }
  const number = BigInt(value as number | bigint);
  const isSigned = code !== "P" && code === code.toLowerCase();
  const least = isSigned ? -(1n << BigInt(8 * size - 1)) : 0n;
  const most = isSigned ? -least - 1n : (1n << BigInt(8 * size)) - 1n;
  if (number < least || number > most) {
    const range = `from ${least} to ${most}`;
    throw new StructError(`"${code}" takes a whole number ${range}, got ${show(value)}`);
  }
  // The lowest bits are the same, signed or not.
  if (size === 1) view.setUint8(at, Number(BigInt.asUintN(8, number)));
  if (size === 2) view.setUint16(at, Number(BigInt.asUintN(16, number)), little);
  if (size === 4) view.setUint32(at, Number(BigInt.asUintN(32, number)), little);
  if (size === 8) view.setBigUint64(at, BigInt.asUintN(64, number), little);
}

function read(view: DataView, { code, at, size }: Field, little: boolean): StructValue {
  switch (code) {
    case "?":
      return view.getUint8(at) !== 0;
    case "f":
      return view.getFloat32(at, little);
    case "d":
      return view.getFloat64(at, little);
    case "c":
    case "s":
      return new Uint8Array(view.buffer, view.byteOffset + at, size).slice();
    case "p": {
      const length = size === 0 ? 0 : Math.min(view.getUint8(at), size - 1);
      return new Uint8Array(view.buffer, view.byteOffset + at + 1, length).slice();
    }
  }
  return readInteger(view, { code, at, size }, little);
}

function readInteger(view: DataView, { code, at, size }: Field, little: boolean): StructValue {
  const isSigned = code !== "P" && code === code.toLowerCase();
  if (size === 8) return isSigned ? view.getBigInt64(at, little) : view.getBigUint64(at, little);
  if (size === 4) return isSigned ? view.getInt32(at, little) : view.getUint32(at, little);
  if (size === 2) return isSigned ? view.getInt16(at, little) : view.getUint16(at, little);
  return isSigned ? view.getInt8(at) : view.getUint8(at);
}
