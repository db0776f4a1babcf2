/**
 * Values that no call expects: what the fuzzer puts in the place of any argument.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import fc from "fast-check";
import type { World } from "./fuzz-world.ts";

/** How to make an argument when its call comes, and how to print it. */
export interface Recipe {
  text: string;
  make(world: World): unknown;
}

/** What the code that an argument brings throws. */
export class Own extends Error {}

/** A recipe for a value that is the same every time. */
export function constant(value: unknown, text = print(value)): Recipe {
  return { text, make: () => value };
}

function print(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "bigint") return value > 1n << 70n ? "1n << many" : `${value}n`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function thrower(): never {
  throw new Own("thrown by the argument's own code");
}

const everyTrap = { get: thrower, has: thrower, ownKeys: thrower, getPrototypeOf: thrower };

class Liar extends Uint8Array {
  static get [Symbol.species]() {
    return class extends Uint8Array {
      constructor() {
        super(1 << 16);
      }
    };
  }
  override get length() {
    return 1 << 20;
  }
  override get byteLength() {
    return 1 << 20;
  }
  override get byteOffset() {
    return 1 << 20;
  }
}

function shrunk(from: number, to: number, view: (buffer: ArrayBuffer) => Uint8Array): Uint8Array {
  const buffer = new ArrayBuffer(from, { maxByteLength: 4 * from });
  const bytes = view(buffer);
  buffer.resize(to);
  return bytes;
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(16);
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

function cyclic(): unknown[] {
  const list: unknown[] = ["127.0.0.1"];
  list.push(list);
  return list;
}

/** Bytes of every kind of memory. */
const bytes: Record<string, () => unknown> = {
  "Uint8Array(0)": () => new Uint8Array(0),
  "Uint8Array(1)": () => new Uint8Array([7]),
  "Uint8Array(10)": () => new Uint8Array(10).fill(9),
  "Uint8Array(70000)": () => new Uint8Array(70000).fill(3),
  "Uint8Array(8) of 64 from 40": () => new Uint8Array(new ArrayBuffer(64), 40, 8),
  "Uint8Array(0) of 64 at its end": () => new Uint8Array(new ArrayBuffer(64), 64),
  "Uint8Array(8) of shared memory": () => new Uint8Array(new SharedArrayBuffer(8)),
  "Uint8Array of growable shared memory": () =>
    new Uint8Array(new SharedArrayBuffer(8, { maxByteLength: 64 })),
  "Uint8Array of memory that shrank": () => shrunk(64, 4, (it) => new Uint8Array(it, 8, 8)),
  "Uint8Array that shrank with its memory": () => shrunk(64, 4, (it) => new Uint8Array(it)),
  "Uint8Array that grew with its memory": () => shrunk(8, 32, (it) => new Uint8Array(it, 4)),
  "Uint8Array of transferred memory": detached,
  "Uint8Array that lies": () => new Liar(8),
  "Uint8Array with a length of its own": () =>
    Object.defineProperties(new Uint8Array(8), { length: { value: 4096 } }),
  "Buffer": () => Buffer.from("buffer"),
};

const others: Record<string, () => unknown> = {
  "{}": () => ({}),
  "[]": () => [],
  "[, 1]": () => [, 1], // deno-lint-ignore-line no-sparse-arrays
  "new Array(2 ** 32 - 1)": () => new Array(2 ** 32 - 1),
  "a list in itself": cyclic,
  "() => 1": () => () => 1,
  "an object without class": () => Object.create(null),
  "an object whose properties throw": () => new Proxy({}, everyTrap),
  "an array whose properties throw": () => new Proxy([1, 2], everyTrap),
  "a revoked proxy": () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  },
  "a proxy of bytes": () => new Proxy(new Uint8Array(8), {}),
  "an imitation of bytes": () => Object.create(Uint8Array.prototype, { length: { value: 8 } }),
  "an object that throws as a number": () => ({ valueOf: thrower, toString: thrower }),
  "an object that throws as anything": () => ({ [Symbol.toPrimitive]: thrower }),
  "an object that is 1": () => ({ valueOf: () => 1 }),
  "a class whose name is a symbol": () => ({ constructor: { name: Symbol("name") } }),
  "a fileno() that throws": () => ({ fileno: thrower }),
  "a fileno() that is text": () => ({ fileno: () => "3" }),
  "a fileno() that is NaN": () => ({ fileno: () => NaN }),
  "a fileno of no function": () => ({ fileno: 1 }),
  "a list with methods of its own": () =>
    Object.assign([1_000_001], { map: () => [1e9], filter: thrower, slice: () => 5 }),
  "Int32Array(4)": () => new Int32Array(4),
  "DataView": () => new DataView(new ArrayBuffer(8)),
  "ArrayBuffer": () => new ArrayBuffer(8),
  "new Date(NaN)": () => new Date(NaN),
  "a symbol": () => Symbol("s"),
  "an Error": () => new Error("e"),
};

const made = (of: Record<string, () => unknown>) =>
  fc.constantFrom(...Object.entries(of).map(([text, make]): Recipe => ({ text, make })));

/** Bytes. */
export const anyBytes: fc.Arbitrary<Recipe> = made(bytes);

const numbers = [
  0,
  -0,
  1,
  -1,
  2,
  0.5,
  NaN,
  Infinity,
  -Infinity,
  255,
  65535,
  65536,
  1e6,
  2 ** 31 - 1,
]
  .concat(2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, 2 ** 53, 1e300, 5e-324);
const texts = [
  "",
  "x",
  "\0",
  "\0name",
  "a\0b",
  "\ud800",
  "ä€😀",
  "127.0.0.1",
  "::1",
  "1.2.3",
  "%lo",
]
  .concat("fe80::1%lo", "::ffff:1.2.3.4", "localhost", "x".repeat(300), "1".repeat(100_000));

/** A number of any kind. */
export const anyNumber: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constantFrom(...numbers),
  fc.integer(),
  fc.double(),
).map((it) => constant(it));

/** Text of any kind. */
export const anyText: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constantFrom(...texts),
  fc.string(),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
).map((it) => constant(it));

/** Anything at all. */
export const anything: fc.Arbitrary<Recipe> = fc.oneof(
  anyNumber,
  anyText,
  anyBytes,
  made(others),
  fc.constantFrom<unknown>(undefined, null, true, false, 1n, -1n, 2n ** 64n, 1n << 100_000n)
    .map((it) => constant(it)),
  fc.anything({ withBigInt: true, withTypedArray: true, withSparseArray: true, maxDepth: 2 })
    .map((it) => ({ text: fc.stringify(it), make: () => it })),
);
