import { expect, test } from "vitest";
import { Calls } from "#support/calls.ts";
import { checkCorrection } from "#support/dumps.ts";
import { checkFields } from "#support/fields.ts";
import { fromHex } from "#support/hex.ts";

const wanted = fromHex("0005 00000050 4869");
const fields = [
  { name: "length", from: 0, to: 2, why: "16 bits" },
  { name: "port", from: 2, to: 6, why: "32 bits" },
  { name: "text", from: 6, to: Infinity, why: "UTF-8" },
];

/** What is said of bytes that a call gave. */
function saidOf(got: unknown): string {
  const calls = new Calls();
  try {
    checkFields(calls, "pack()", got, { wanted, fields, size: "6, and those of the text" });
    return "";
  } catch (verdict) {
    return (verdict as Error).message;
  }
}

test("checkFields() names the first field that differs", () => {
  expect(saidOf(Buffer.from(wanted))).toBe("");
  expect(saidOf(fromHex("0006 00000050 4869")).split("\n")[0])
    .toBe("pack() gave 2 bytes 00 06 for length, wanted 2 bytes 00 05 (16 bits)");
  const swapped = saidOf(fromHex("0005 50000000 4869"));
  expect(swapped).toContain("50 00 00 00 for port");
  expect(swapped).toContain("(its bytes are in the other order)");
  expect(swapped).toContain("^ offset 2");
  expect(saidOf(fromHex("0005 00000050 4849"))).toContain("48 49 for text");
});

test("checkFields() counts bytes before it looks at them", () => {
  expect(saidOf(fromHex("0006 00000050 486969")))
    .toContain("pack() gave 9 bytes, wanted 8 (6, and those of the text)");
  expect(saidOf(fromHex("0005 0000"))).toContain("pack() gave 4 bytes, wanted 8");
  expect(saidOf([0, 5])).toContain("pack() gave [0,5], not a Uint8Array");
});

test("checkCorrection() says what a dump says with the correction", async () => {
  const says = (bytes: Uint8Array) => `${bytes[0]} bytes follow`;
  const dump = { meant: fromHex("02 4869"), says, because: "count them" };
  const check = (offset: number, bytes: number[]) =>
    checkCorrection("line", () => ({ offset, bytes }), fromHex("03 4869"), dump);
  await check(0, [2]);
  await check(0, [2, 0x48]);
  await expect(check(0, [1])).rejects
    .toThrow("line() puts 01 at offset 0, and now the dump says: 1 bytes follow (count them)");
  await expect(check(0, [3])).rejects.toThrow(
    "line() puts 03 at offset 0, where it stands already",
  );
  for (const [offset, bytes] of [[3, [2]], [-1, [2]], [0.5, [2]], [0, []], [0, [256]]] as const) {
    await expect(check(offset, [...bytes])).rejects
      .toThrow("wanted bytes and a place for them in the dump, which has 3");
  }
});
