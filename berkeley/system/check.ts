/**
 * Refuses arguments before the call that they are for: the kernel would misread them in silence.
 *
 * It imports nothing, so that struct needs no permission.
 *
 * @module
 */
/** What a refusal calls a value: short, whatever it is, and without running code that it brings. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (typeof value === "boolean") return String(value);
  if (typeof value === "bigint") {
    return BigInt.asIntN(128, value) === value ? `${value}n` : "a bigint";
  }
  return typeof value === "object" ? `a value of ${className(value)}` : `a ${typeof value}`;
}

function className(value: object): string {
  try {
    const name: unknown = value.constructor?.name;
    return typeof name === "string" && name !== "" ? name.slice(0, 40) : "no class";
  } catch {
    return "no class";
  }
}

/**
 * A whole number within bounds.
 *
 * @param what Which argument of which call, `"listen() takes a backlog"`
 * @throws {TypeError} When it is no number
 * @throws {RangeError} When it is not whole, too small or too large
 */
export function checkInteger(what: string, value: unknown, least: number, most: number): number {
  if (typeof value !== "number") throw new TypeError(`${what}: a number, got ${show(value)}`);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${what}: a whole number from ${least} to ${most}, got ${value}`);
}

/**
 * What a call may be told besides its arguments.
 *
 * @throws {TypeError} When it is no object
 */
export function checkOptions<T extends object>(call: string, value: T): T {
  if (typeof value === "object" && value !== null) return value;
  throw new TypeError(`${call}() takes options: an object, got ${show(value)}`);
}

/** A number for a C `int`: flags, levels, options. */
export function checkInt(what: string, value: unknown): number {
  return checkInteger(what, value, -0x8000_0000, 0x7fff_ffff);
}

/**
 * Bytes for a call to read or to fill; {@link sizeOf} is their length.
 *
 * @throws {TypeError} When they are text, or no bytes, or their memory was transferred away or is
 * shorter now
 */
export function checkBytes(call: string, value: unknown): Uint8Array {
  if (value instanceof Uint8Array && hasMemory(value)) return value;
  const hint = typeof value === "string" ? "; text becomes bytes by TextEncoder" : "";
  const lost = value instanceof Uint8Array ? " whose memory is gone" : "";
  throw new TypeError(`${call}() takes bytes: a Uint8Array, got ${show(value)}${lost}${hint}`);
}

// What every typed array has, whatever properties one is given.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array;
const getter = (name: string) => Object.getOwnPropertyDescriptor(typedArray, name)!.get!;
const [bufferOf, offsetOf, lengthOf] = ["buffer", "byteOffset", "byteLength"].map(getter) as [
  () => ArrayBuffer,
  () => number,
  () => number,
];
const { entries } = typedArray;

/** How many bytes there are now: a `length` that a subclass makes up would lead beyond the memory. */
export function sizeOf(bytes: Uint8Array): number {
  return lengthOf.call(bytes);
}

/** The bytes from one on, without copying them, and without what a subclass makes of them. */
export function restOf(bytes: Uint8Array, from: number): Uint8Array {
  return new Uint8Array(bufferOf.call(bytes), offsetOf.call(bytes) + from, sizeOf(bytes) - from);
}

// The size of memory that is gone is 0, too; anything that is done with it throws.
function hasMemory(bytes: Uint8Array): boolean {
  try {
    return sizeOf(bytes) > 0 || entries.call(bytes) !== undefined;
  } catch {
    return false;
  }
}

/**
 * How long to wait at most.
 *
 * @param seconds Null for without end
 * @throws {TypeError} When it is neither a number nor null
 * @throws {RangeError} When it is negative or NaN
 */
export function checkSeconds(what: string, seconds: unknown): number | null {
  if (seconds === null || seconds === undefined || seconds === Infinity) return null;
  if (typeof seconds !== "number") {
    throw new TypeError(`${what}: a number of seconds or null, got ${show(seconds)}`);
  }
  if (seconds >= 0) return seconds;
  throw new RangeError(`${what}: seconds from 0 on, or null for without end, got ${seconds}`);
}
