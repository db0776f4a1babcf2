/**
 * Right: keeps the text as latin1, a character for each byte, and turns it back into bytes.
 *
 * Refused by a test that looks for a list of chunks.
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

const server = net.createServer({ allowHalfOpen: true });
server.on("connection", (socket) => {
  let text = "";
  socket.setEncoding("latin1").on("data", (piece) => text += piece);
  socket.once("end", () =>
    count(Buffer.from(text, "latin1")).then(({ words, bytes }) => {
      socket.write(`${words} `);
      socket.end(`${bytes}\n`);
    }));
  socket.on("error", () => socket.destroy());
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
