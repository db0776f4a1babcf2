/**
 * Right: uses Deno's own connections, in a loop that reads on until the client has ended.
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
  const client: Client = { greeted: false, over: false, sum: 0 };
  const room = new Uint8Array(5 + 1024);
  let filled = 0;
  for (;;) {
    const count = await conn.read(room.subarray(filled));
    if (count === null) break;
    if (client.over) continue; // read, and thrown away: what is unread would reset the end
    filled += count;
    let at = 0;
    while (!client.over && filled - at >= 5) {
      const header = Buffer.from(room.slice(at, at + 5));
      const length = header.readUInt32BE(1);
      const isTooLong = length > 1024;
      if (!isTooLong && filled - at < 5 + length) break;
      const payload = Buffer.from(room.slice(at + 5, at + 5 + length));
      const answer = isTooLong ? failure(4) : respond(client, header[0]!, payload);
      await sendAll(conn, answer);
      at += 5 + length;
      if (!isTooLong && answer[0] !== 132) continue;
      client.over = true;
      await conn.closeWrite();
    }
    if (client.over) filled = 0;
    else {
      room.copyWithin(0, at, filled);
      filled -= at;
    }
  }
  if (!client.over && filled > 0) await sendAll(conn, failure(5));
}

async function sendAll(conn: Deno.Conn, bytes: Uint8Array): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await conn.write(bytes.subarray(sent));
}

interface Client {
  greeted: boolean;
  over: boolean;
  sum: number;
}

function frame(type: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

function failure(number: number): Buffer {
  return frame(255, Buffer.of(number));
}

function respond(client: Client, type: number, payload: Buffer): Buffer {
  if (type < 1 || type > 4) return failure(1);
  if (client.greeted === (type === 1)) return failure(2);
  switch (type) {
    case 1: {
      const name = payload.toString("utf8");
      if (payload.length < 1 || payload.length > 32) return failure(3);
      if (!Buffer.from(name).equals(payload)) return failure(3);
      client.greeted = true;
      return frame(129, payload);
    }
    case 2:
      if (payload.length !== 4) return failure(3);
      client.sum += payload.readUInt32BE(0);
      return sumOf(client);
    case 3:
      return payload.length === 0 ? sumOf(client) : failure(3);
    default:
      return payload.length === 0 ? frame(132, payload) : failure(3);
  }
}

function sumOf(client: Client): Buffer {
  const sum = Buffer.alloc(8);
  sum.writeBigUInt64BE(BigInt(client.sum));
  return frame(130, sum);
}
