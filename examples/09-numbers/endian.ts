/**
 * The same number in both byte orders, and what is read when the order is the wrong one.
 *
 * Lesson 9.
 *
 *     node examples/09-numbers/endian.ts
 *     deno run --allow-ffi examples/09-numbers/endian.ts
 *
 * @module
 */
import { htonl, htons, ntohs } from "#berkeley/socket.ts";

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function show(what: string, of80: unknown, of5: unknown): void {
  console.log(`${what.padEnd(26)}${String(of80).padEnd(10)}${of5}`);
}

show("", "port 80", "length 5");

// #region orders
const port = new DataView(new ArrayBuffer(2));
const length = new DataView(new ArrayBuffer(4));

port.setUint16(0, 80);
length.setUint32(0, 5);
show("highest byte first", hex(bytesOf(port)), hex(bytesOf(length)));
show("and read in that order", port.getUint16(0), length.getUint32(0));
show("and read in the other", port.getUint16(0, true), length.getUint32(0, true));

port.setUint16(0, 80, true); // true: lowest byte first
length.setUint32(0, 5, true);
show("lowest byte first", hex(bytesOf(port)), hex(bytesOf(length)));
// #endregion

// #region machine
// A typed array is this machine's memory as it is.
const inMemory = [Uint16Array.of(80), Uint32Array.of(5)].map((it) => new Uint8Array(it.buffer));
show("in this machine's memory", hex(inMemory[0]!), hex(inMemory[1]!));
show("htons(80), htonl(5)", htons(80), htonl(5));
show("and back, ntohs()", ntohs(htons(80)), "");
// #endregion

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer);
}
