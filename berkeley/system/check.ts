/**
 * Refuses arguments before the call that they are for: the kernel would misread them in silence.
 *
 * @module
 */
import { closed } from "./fail.ts";

/** What a refusal calls a value. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "object") return `a value of ${value.constructor?.name ?? "no class"}`;
  return `a ${typeof value}`;
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

/** A number for a C `int`: flags, levels, options. */
export function checkInt(what: string, value: unknown): number {
  return checkInteger(what, value, -0x8000_0000, 0x7fff_ffff);
}

/**
 * Bytes to be sent.
 *
 * @throws {TypeError} When they are text, or no bytes, or their memory was transferred away
 */
export function checkBytes(call: string, value: unknown): Uint8Array {
  if (value instanceof Uint8Array) {
    if (value.length === 0 && isDetached(value)) {
      throw new TypeError(`${call}() takes bytes: these were transferred to another owner`);
    }
    return value;
  }
  const hint = typeof value === "string" ? "; text becomes bytes by TextEncoder" : "";
  throw new TypeError(`${call}() takes bytes: a Uint8Array, got ${show(value)}${hint}`);
}

function isDetached({ buffer }: Uint8Array): boolean {
  return buffer instanceof ArrayBuffer && buffer.detached;
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

/** Something with a descriptor. */
export interface HasFileno {
  /** The descriptor's number, -1 when it is closed. */
  fileno(): number;
}

/**
 * The number of a descriptor.
 *
 * @param call The call that it is for
 * @throws {TypeError} When it is neither a number nor something with a descriptor
 * @throws {RangeError} When it is no number that a descriptor can have
 * @throws {OSError} When it is closed
 */
export function checkDescriptor(call: string, value: number | HasFileno): number {
  const fd = typeof value === "number" ? value : askDescriptor(call, value);
  if (fd === -1 && typeof value !== "number") throw closed(call);
  return checkInteger(`${call}() takes a descriptor`, fd, 0, 0x7fff_ffff);
}

function askDescriptor(call: string, value: HasFileno): number {
  if (typeof value?.fileno === "function") return value.fileno();
  throw new TypeError(`${call}() takes a socket or a descriptor's number, got ${show(value)}`);
}
