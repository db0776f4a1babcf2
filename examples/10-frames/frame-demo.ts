/**
 * Frames on a real connection: what arrives in each chunk, and which messages it completes.
 *
 * Lesson 10. Ada sends four messages, in four portions that have nothing to do with them. Bob has
 * the bytes, and the agreement on what a header is: a type of one byte and a length of four.
 *
 *     node examples/10-frames/frame-demo.ts
 *     deno run --allow-net=127.0.0.1 examples/10-frames/frame-demo.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

const headerBytes = 5;

// #region encode
/** A message as it travels: type, length of the payload in bytes, payload. */
function frame(type: number, text: string): Buffer {
  const payload = Buffer.from(text); // UTF-8: from here on, lengths are in bytes
  const header = Buffer.alloc(headerBytes);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}
// #endregion

// #region decode
/** Shows what is complete, and gives what is not: the beginning of the next frame. */
function show(bytes: Buffer): Buffer {
  let at = 0;
  while (bytes.length - at >= headerBytes) {
    const length = bytes.readUInt32BE(at + 1);
    const end = at + headerBytes + length;
    if (bytes.length < end) break;
    const text = bytes.toString("utf8", at + headerBytes, end);
    console.log(`    type ${bytes.readUInt8(at)}, ${length} bytes: "${text}"`);
    at = end;
  }
  return bytes.subarray(at);
}
// #endregion

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");
const ada = connect((server.address() as AddressInfo).port, "127.0.0.1");
const [bob] = await once(server, "connection");
const chunks: AsyncIterator<Buffer> = bob.iterator();

const stream = Buffer.concat([
  frame(1, "hello"),
  frame(2, ""),
  frame(1, "naïve €"),
  frame(3, "good-bye"),
]);

let kept: Buffer = Buffer.alloc(0);
let begin = 0;
for (const end of [3, 12, 23, stream.length]) {
  const portion = stream.subarray(begin, end);
  ada.write(portion);
  // Bob reads all of it before Ada writes on; otherwise the portions might join.
  for (let come = 0; come < portion.length;) {
    const { value: chunk } = await chunks.next();
    come += chunk.length;
    console.log(`${chunk.length} bytes: ${chunk.toString("hex").replace(/..(?=.)/g, "$& ")}`);
    kept = show(Buffer.concat([kept, chunk]));
    if (kept.length > 0) console.log(`    ${kept.length} bytes to keep`);
  }
  begin = end;
}
ada.end();
server.close();
bob.destroy();
