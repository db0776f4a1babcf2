/**
 * Words for values and errors, the same that words.py has.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { SelectorKey } from "#berkeley/selectors.ts";

/** Text that is said without quotes. */
export class Word extends String {}

/**
 * Says a value in words.
 *
 * @param known Gives what stands for a value: a Word for a socket and for a port
 */
export function say(it: unknown, known: (it: unknown) => unknown): string {
  const value = known(it);
  if (value instanceof Word) return String(value);
  if (value === undefined || value === null) return "nothing";
  if (value === Infinity) return "inf";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value !== "object") return String(value);
  if (value instanceof Uint8Array) return sayBytes(value);
  if ("fileobj" in value) return sayKey(value as SelectorKey<unknown>, known);
  if (Array.isArray(value)) return `[${value.map((it) => say(it, known)).join(", ")}]`;
  return "an object";
}

function sayKey(key: SelectorKey<unknown>, known: (it: unknown) => unknown): string {
  const fd = typeof key.fileobj === "number" ? key.fileobj : key.fileobj.fileno();
  const what = [key.fd, -1].includes(fd) ? "key" : `key of descriptor ${key.fd}`;
  return `${what} ${say([key.fileobj, key.events, key.data], known)}`;
}

function sayBytes(bytes: Uint8Array): string {
  if (bytes.length > 24) {
    const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    return `${bytes.length} bytes, SHA-256 ${digest}`;
  }
  if (bytes.length === 0) return "no bytes";
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (printable) return `bytes ${JSON.stringify(String.fromCharCode(...bytes))}`;
  return `bytes ${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ")}`;
}

/** Says an error in words: its class, and the system's number and name where it has them. */
export function sayError(error: Error & { errno?: number; code?: string }): string {
  if (error instanceof AggregateError) {
    return `AggregateError [${error.errors.map(sayError).join(", ")}]`;
  }
  return error.errno === undefined ? error.name : `${error.name} ${error.errno} ${error.code}`;
}
