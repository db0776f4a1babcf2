/**
 * Wrong, M15: has no answer for an empty text.
 *
 * Says: "(a text may be empty)"
 *
 * @module
 */
import { Buffer } from "node:buffer";
import net from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const port = Number(process.argv[2] ?? 65432);

/** Counts a whole text, as a service with other things to do would: the answer comes after 30 ms. */
async function count(text: Uint8Array): Promise<{ words: number; bytes: number }> {
  const isSpace = (byte: number | undefined) =>
    byte === undefined || " \t\r\n".includes(char(byte));
  const words = text.filter((byte, i) => !isSpace(byte) && isSpace(text[i - 1])).length;
  await setTimeout(30);
  return { words, bytes: text.length };
}

function char(byte: number): string {
  return String.fromCharCode(byte);
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const chunks: Uint8Array[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("end", async () => {
    if (chunks.length === 0) return void socket.end();
    const { words, bytes } = await count(Buffer.concat(chunks));
    socket.end(`${words} ${bytes}\n`);
  });
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
