/**
 * Wrong, M01: counts each chunk by itself, and adds up.
 *
 * Says: "the text came byte by byte"
 *
 * @module
 */
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
  const counts: Promise<{ words: number; bytes: number }>[] = [];
  socket.on("data", (chunk) => counts.push(count(chunk)));
  socket.on("end", async () => {
    const all = await Promise.all(counts);
    const words = all.reduce((sum, it) => sum + it.words, 0);
    const bytes = all.reduce((sum, it) => sum + it.bytes, 0);
    socket.end(`${words} ${bytes}\n`);
  });
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
