/**
 * Where JavaScript's own operators and numbers are too small for what stands in a header.
 *
 * Lesson 9.
 *
 *     node examples/09-numbers/signs.ts
 *     deno run examples/09-numbers/signs.ts
 *
 * @module
 */
function show(what: string, value: number | bigint): void {
  console.log(`${what.padEnd(33)}${value}`);
}

const bytes = Uint8Array.of(0xff, 0xff, 0xff, 0xf0);
const [a, b, c, d] = bytes as unknown as [number, number, number, number];
const view = new DataView(bytes.buffer);

console.log("A length of four bytes, ff ff ff f0:");
// #region signs
show("  getUint32(0)", view.getUint32(0));
show("  getInt32(0)", view.getInt32(0));
show("  a << 24 | b << 16 | ...", a << 24 | b << 16 | c << 8 | d);
show("  the same, and >>> 0", (a << 24 | b << 16 | c << 8 | d) >>> 0);
show("  a * 2 ** 24 + b * 2 ** 16 ...", a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d);
// #endregion
console.log("Others that surprise:");
show("  5000 >> 32", 5000 >> 32);
show("  3_000_000_000 | 0", 3_000_000_000 | 0);
show("  2 ** 53 + 1", 2 ** 53 + 1);
show("  2n ** 53n + 1n", 2n ** 53n + 1n);
show("  Math.fround(0.1)", Math.fround(0.1));
