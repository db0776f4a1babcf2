/**
 * Formats of `struct` and the bytes that they make, as `python-struct.py` beside it makes them.
 *
 * Lesson 9.
 *
 *     node examples/09-numbers/struct.ts
 *     deno run examples/09-numbers/struct.ts
 *
 * @module
 */
import { pack, type StructValue, unpack } from "#berkeley/struct.ts";

// #region formats
const cases: [string, ...StructValue[]][] = [
  ["!H", 80],
  ["<H", 80],
  ["!h", -5],
  ["!I", 4_294_967_280],
  ["!Q", 2n ** 53n + 1n],
  ["!f", 21.5],
  ["!d", 21.5],
  ["!BHI", 1, 80, 5],
  ["BHI", 1, 80, 5],
];
for (const [format, ...values] of cases) {
  const packed = pack(format, ...values);
  const hex = Array.from(packed, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  console.log(`${format.padEnd(5)} ${hex.padEnd(36)}${unpack(format, packed).join(" ")}`);
}
// #endregion
