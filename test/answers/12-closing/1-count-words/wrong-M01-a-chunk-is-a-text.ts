/**
 * Wrong, M01: answers each chunk, and ends when the client does.
 *
 * Says: "It ended after 0 of 1 line: Ada's FIN only says that Ada sends no more (the text had four words)"
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
  socket.on("data", async (chunk) => {
    const { words, bytes } = await count(chunk);
    socket.write(`${words} ${bytes}\n`);
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
