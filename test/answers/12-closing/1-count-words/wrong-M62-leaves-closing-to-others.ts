/**
 * Wrong, M62: in Deno's own calls, ends its direction and never closes: who lets go of the descriptor?
 *
 * Says: "it has not closed"
 *
 * Runtime: deno
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { setTimeout } from "node:timers/promises";

const port = Number(Deno.args[0] ?? 65432);

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

const open: Deno.TcpConn[] = [];

const listener = Deno.listen({ port, hostname: "127.0.0.1" });
console.log(`Listening on 127.0.0.1:${listener.addr.port}`);
for (;;) {
  const conn = await listener.accept().catch(() => undefined);
  if (conn) serve(conn).catch(() => {});
}

async function serve(conn: Deno.TcpConn): Promise<void> {
  open.push(conn);
  const chunks: Uint8Array[] = [];
  const room = new Uint8Array(65536);
  for (let n = await conn.read(room); n !== null; n = await conn.read(room)) {
    chunks.push(room.slice(0, n));
  }
  const { words, bytes } = await count(Buffer.concat(chunks));
  const line = new TextEncoder().encode(`${words} ${bytes}\n`);
  for (let sent = 0; sent < line.length;) sent += await conn.write(line.subarray(sent));
  await conn.closeWrite();
}
