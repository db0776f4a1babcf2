/**
 * Wrong, M56: serves one client after the other, each up to its end.
 *
 * Says: "sent nothing within"
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

let before = Promise.resolve();
const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
  socket.on("error", () => {});
  const mine = before;
  before = new Promise((resolve) => socket.on("close", () => resolve()));
  void mine.then(() => serve(socket));
});

function serve(socket: net.Socket): void {
  const chunks: Uint8Array[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("end", async () => {
    const { words, bytes } = await count(Buffer.concat(chunks));
    socket.end(`${words} ${bytes}\n`);
  });
  socket.resume();
}
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
