/**
 * Bytes for people: hex over characters.
 *
 * @module
 */

/** Text as UTF-8, bytes as they are. */
export function toBytes(bytes: Uint8Array | string): Uint8Array {
  return typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
}

/** `1 byte`, `18 bytes`. */
export function count(bytes: number): string {
  return `${bytes} byte${bytes === 1 ? "" : "s"}`;
}

/** `18 bytes "Hello, TCP server!"`, or in hex when they are not printable ASCII. */
export function describeBytes(bytes: Uint8Array, most = 24): string {
  const size = count(bytes.length);
  if (bytes.length === 0) return size;
  const head = bytes.subarray(0, most);
  const more = bytes.length > most ? " ..." : "";
  const printable = head.every((byte) => byte >= 0x20 && byte < 0x7f || byte === 10 || byte === 13);
  return printable
    ? `${size} ${JSON.stringify(String.fromCharCode(...head))}${more}`
    : `${size} ${hex(head.subarray(0, 12))}${bytes.length > 12 ? " ..." : ""}`;
}

/** `48 65 6c`. */
export function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

/** The bytes of a text like `48 65 6c`; whitespace is for the eye. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replaceAll(/\s/g, "");
  return Uint8Array.from(digits.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}

/**
 * Wanted and got, in hex over characters, with a caret under the first byte that differs.
 *
 * @param at Offset of that byte
 * @returns Five lines of at most 66 columns
 */
export function hexDifference(wanted: Uint8Array, got: Uint8Array, at: number): string[] {
  const from = Math.max(0, at - 6);
  const row = (bytes: Uint8Array) => bytes.subarray(from, from + 16);
  return [
    `wanted  ${hex(row(wanted))}`,
    `        ${characters(row(wanted))}`,
    `got     ${hex(row(got))}`,
    `        ${characters(row(got))}`,
    `        ${"   ".repeat(at - from)}^ offset ${at}`,
  ].map((line) => line.trimEnd());
}

/** The characters of bytes, each below its {@link hex}. */
export function characters(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte) => byte >= 0x20 && byte < 0x7f ? ` ${String.fromCharCode(byte)}` : " .").join(" ");
}

/** Offset of the first byte in which `got` is not the beginning of `wanted`; -1 if there is none. */
export function firstDifference(wanted: Uint8Array, got: Uint8Array): number {
  const length = Math.min(wanted.length, got.length);
  for (let i = 0; i < length; i++) if (wanted[i] !== got[i]) return i;
  return got.length > wanted.length ? wanted.length : -1;
}
