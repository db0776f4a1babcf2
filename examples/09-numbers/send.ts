/**
 * Sends numbers of several kinds, and a text, as 31 bytes.
 *
 * Lesson 9. Start `hexdump.ts` first.
 *
 *     node examples/09-numbers/send.ts [port]
 *     deno run --allow-net=127.0.0.1 examples/09-numbers/send.ts [port]
 *
 * @module
 */
import { connect } from "node:net";
import process from "node:process";

// #region write
const text = new TextEncoder().encode("naïve €");
const bytes = new Uint8Array(21 + text.length);
const view = new DataView(bytes.buffer);

view.setUint16(0, 80); // 16 bits without a sign
view.setInt16(2, -5); // 16 bits with a sign
view.setUint32(4, 3_000_000_000); // 32 bits without a sign
view.setBigUint64(8, 2n ** 53n + 1n); // 64 bits, which only a bigint can hold
view.setFloat32(16, 21.5); // a fraction in 32 bits
view.setUint8(20, text.length); // how many bytes follow
bytes.set(text, 21);
// #endregion

const socket = connect(Number(process.argv[2] ?? 65432), "127.0.0.1");
socket.on("error", (error: NodeJS.ErrnoException) => {
  console.error(`Cannot send: ${error.code}`);
  process.exitCode = 1;
});
socket.resume(); // or the other side's end would not be seen, and this side would stay open
socket.end(bytes, () => console.log(`Sent ${bytes.length} bytes`));
