/**
 * Right: uses Deno's own connections, whose write() may take a part.
 *
 * Refused by a test that wants node:net.
 * Runtime: deno
 *
 * @module
 */
import { Buffer } from "node:buffer";

const listener = Deno.listen({ hostname: "127.0.0.1", port: Number(Deno.args[0] ?? 65432) });
console.log(`Listening on 127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
for (;;) {
  const conn = await listener.accept().catch(() => undefined);
  if (conn) serve(conn).catch(() => {}).finally(() => conn.close());
}

async function serve(conn: Deno.Conn): Promise<void> {
  const room = new Uint8Array(4098);
  let filled = 0;
  for (;;) {
    const count = await conn.read(room.subarray(filled));
    if (count === null) return;
    filled += count;
    let at = 0;
    while (filled - at >= 2) {
      const length = room[at]! * 256 + room[at + 1]!;
      if (length < 12 || length > 4096) return await refuseAll(conn);
      if (filled - at < 2 + length) break;
      const reply = respond(Buffer.from(room.slice(at + 2, at + 2 + length)));
      if (reply) await sendAll(conn, frame(reply));
      at += 2 + length;
    }
    room.copyWithin(0, at, filled);
    filled -= at;
  }
}

/** Ends, and reads what is still to come, so that the end is no reset. */
async function refuseAll(conn: Deno.Conn): Promise<void> {
  await conn.closeWrite();
  while (await conn.read(new Uint8Array(65_536)) !== null);
}

async function sendAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
}

function frame(reply: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(reply.length);
  return Buffer.concat([length, reply]);
}

function respond(query: Buffer): Buffer | null {
  const flags = query.readUInt16BE(2);
  if (flags & 0x8000) return null;
  if (flags & 0x7800) return refuse(query, 4);
  const question = readQuestion(query);
  if (!question) return refuse(query, 1);
  const known = question.labels.length === 2 && question.labels[0] === "course" &&
    question.labels[1] === "test";
  const found = known && question.type === 1 && question.class === 1;
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(0x8400 | flags & 0x0100 | (known ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(found ? 1 : 0, 6);
  const record = Buffer.from("c00c000100010000003c0004c0000207", "hex");
  return Buffer.concat([header, question.bytes, ...(found ? [record] : [])]);
}

function refuse(query: Buffer, code: number): Buffer {
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8000 | query.readUInt16BE(2) & 0x7900 | code, 2);
  return header;
}

function readQuestion(query: Buffer) {
  if (query.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let at = 12;
  while (at < query.length && query[at] !== 0) {
    const length = query[at]!;
    if (length > 63) return null;
    labels.push(query.toString("latin1", at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  if (at + 5 > query.length) return null;
  return {
    labels,
    type: query.readUInt16BE(at + 1),
    class: query.readUInt16BE(at + 3),
    bytes: query.subarray(12, at + 5),
  };
}
