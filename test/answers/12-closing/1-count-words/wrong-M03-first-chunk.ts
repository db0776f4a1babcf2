/**
 * Wrong, M03: takes the first chunk for the text, answers it, and ends.
 *
 * Says: "1 1"
 * Says: "the text came byte by byte"
 * Same as: wrong-M01-counts-each-chunk.ts, since both take a chunk for something
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
  let isAnswered = false;
  const answer = async (text: Uint8Array) => {
    if (isAnswered) return;
    isAnswered = true;
    const { words, bytes } = await count(text);
    socket.end(`${words} ${bytes}\n`);
  };
  socket.on("data", answer);
  socket.on("end", () => answer(new Uint8Array(0)));
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
