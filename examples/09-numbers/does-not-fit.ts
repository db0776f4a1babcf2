/**
 * What becomes of a number that does not fit its field: of three ways to write it.
 *
 * Lesson 9.
 *
 *     node examples/09-numbers/does-not-fit.ts
 *     deno run examples/09-numbers/does-not-fit.ts
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { pack } from "#berkeley/struct.ts";

const bytes = Buffer.alloc(8);
const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Lets one of them write, and says what stands there or what it threw. */
function attempt(size: number, write: () => unknown): string {
  bytes.fill(0);
  try {
    const packed = write();
    return (packed instanceof Uint8Array ? Buffer.from(packed) : bytes.subarray(0, size))
      .toString("hex");
  } catch (error) {
    return (error as Error).name;
  }
}

function show(what: string, size: number, ways: (() => unknown)[]): void {
  const results = ways.map((write) => attempt(size, write).padEnd(18));
  console.log(`${what.padEnd(20)}${results.join("")}`.trimEnd());
}

console.log(`${"".padEnd(20)}${"DataView".padEnd(18)}${"Buffer".padEnd(18)}struct`);
for (const value of [70_000, -1, 1.5, NaN]) {
  show(`${value} in 16 bits`, 2, [
    () => view.setUint16(0, value),
    () => bytes.writeUInt16BE(value),
    () => pack("!H", value),
  ]);
}
show("2 ** 64 in 64 bits", 8, [
  () => view.setBigUint64(0, 2n ** 64n),
  () => bytes.writeBigUInt64BE(2n ** 64n),
  () => pack("!Q", 2n ** 64n),
]);
show("1e39 in a float", 4, [
  () => view.setFloat32(0, 1e39),
  () => bytes.writeFloatBE(1e39),
  () => pack("!f", 1e39),
]);
