/**
 * Right: collects by stream/consumers, over an iterator that does not destroy the socket.
 *
 * Refused by a test that wants listeners for "data" and "end".
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { buffer } from "node:stream/consumers";
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

const server = net.createServer({ allowHalfOpen: true }, async (socket) => {
  socket.on("error", () => {});
  try {
    const text = await buffer(socket.iterator({ destroyOnReturn: false }));
    const { words, bytes } = await count(text);
    socket.end(`${words} ${bytes}\n`);
  } catch {
    socket.destroy();
  }
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
