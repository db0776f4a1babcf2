/**
 * Why bytes are not those that were wanted.
 *
 * @module
 */
import { count } from "./hex.ts";
import type { Diagnosis } from "./verdict.ts";

/** What is to be said of bytes that differ from offset `at` on. */
export function explainDifference(
  wanted: Uint8Array,
  got: Uint8Array,
  at: number,
): { diagnosis: Diagnosis; sentence: string } {
  const goesOn = indexOf(wanted, got.subarray(at, at + 8), at);
  if (goesOn > 0) {
    const sentence = `It left ${count(goesOn - at)} out: after byte ${at} came byte ${goesOn}`;
    return { diagnosis: "lost-bytes", sentence };
  }
  const resumes = indexOf(got, wanted.subarray(at, at + 8), at);
  if (resumes > 0) {
    const sentence = `It put ${count(resumes - at)} of its own before byte ${at}`;
    return { diagnosis: "extra-bytes", sentence };
  }
  const replaced = [0xef, 0xbf, 0xbd].every((byte, i) => got[at + i] === byte);
  const text = replaced ? ", the bytes of U+FFFD: they were decoded as text on their way" : "";
  const sentence = `Byte ${at} came back as ${byteName(got[at])}, not ${byteName(wanted[at])}`;
  return { diagnosis: "bytes-differ", sentence: sentence + text };
}

/** How one comes from a value to another than the wanted one; empty when nobody knows. */
export function explainValue(wanted: unknown, got: unknown): string {
  if (wanted instanceof Uint8Array && got instanceof Uint8Array) {
    const isNumber = [2, 4, 8].includes(wanted.length);
    const isReversed = isNumber && Buffer.compare(wanted.toReversed(), got) === 0;
    return isReversed ? "its bytes are in the other order" : "";
  }
  if (typeof wanted === "bigint" && typeof got === "bigint") return explainBigint(wanted, got);
  return typeof wanted === "number" && typeof got === "number" ? explainNumber(wanted, got) : "";
}

/**
 * How one comes from a number in bytes to another than the wanted one; empty when nobody knows.
 *
 * @param wanted Of one, two or four bytes; with a sign when it is below zero
 */
export function explainNumber(wanted: number, got: number): string {
  for (const bits of [8, 16, 32]) {
    const signed = wanted - 2 ** bits;
    if (wanted >= 2 ** (bits - 1) && got === signed) return "its highest bit is not a sign";
    if (isNegative(wanted, bits) && got === wanted + 2 ** bits) return "its highest bit is a sign";
    const reversed = swapBytes(wanted, bits);
    if (got === reversed) return "that is what its bytes give in the other order";
    if (got === reversed - 2 ** bits) return "its bytes are in the other order, and it has no sign";
  }
  return got === swapFloat(wanted) ? "that is what its bytes give in the other order" : "";
}

function explainBigint(wanted: bigint, got: bigint): string {
  if (wanted >= 2n ** 63n && got === wanted - 2n ** 64n) return "its highest bit is not a sign";
  if (wanted < 0n && got === wanted + 2n ** 64n) return "its highest bit is a sign";
  if (got !== wanted && got === BigInt(Number(wanted))) {
    return "it went through a number, which is exact up to 2 ** 53 only";
  }
  const view = new DataView(new ArrayBuffer(8));
  view.setBigInt64(0, wanted);
  return [view.getBigInt64(0, true), view.getBigUint64(0, true)].includes(got)
    ? "that is what its bytes give in the other order"
    : "";
}

function isNegative(value: number, bits: number): boolean {
  return value < 0 && value >= -(2 ** (bits - 1));
}

function swapBytes(value: number, bits: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits) return NaN;
  const hex = value.toString(16).padStart(bits / 4, "0");
  return Number.parseInt(hex.match(/../g)!.reverse().join(""), 16);
}

function swapFloat(value: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return view.getFloat32(0, true);
}

/** Where eight bytes stand in others; -1 when nowhere, or when they are fewer than eight. */
function indexOf(all: Uint8Array, part: Uint8Array, from: number): number {
  return part.length < 8
    ? -1
    : Buffer.from(all.buffer, all.byteOffset, all.length).indexOf(Buffer.from(part), from);
}

function byteName(byte: number | undefined): string {
  return byte === undefined ? "nothing" : `0x${byte.toString(16).padStart(2, "0")}`;
}
