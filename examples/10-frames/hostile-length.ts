/**
 * A header that claims 0xFFFFFFF0 bytes: what three decoders make of it.
 *
 * Lesson 10. A client sends that header, eight mebibytes behind it, and its FIN. Each decoder gets
 * them from a connection of its own.
 *
 *     node examples/10-frames/hostile-length.ts
 *     deno run --allow-net=127.0.0.1 examples/10-frames/hostile-length.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

const header = Buffer.from([1, 0xff, 0xff, 0xff, 0xf0]);
const rest = Buffer.alloc(8 << 20);

/** Reads the length out of a header. */
type Read = (header: Buffer) => number;

// #region lengths
/** As it would be written in C. Here `<<` and `|` give 32 bits with a sign. */
const byShifts: Read = (it) => it[1]! << 24 | it[2]! << 16 | it[3]! << 8 | it[4]!;

/** Without a sign, and believed. */
const unsigned: Read = (it) => it.readUInt32BE(1);

/** Without a sign, and held against a limit. */
const limited: Read = (it) => {
  const length = it.readUInt32BE(1);
  if (length > 65_536) throw new RangeError(`A header claims ${length} bytes, the limit is 65536`);
  return length;
};
// #endregion

/** Waits for a frame, and says what came of it. */
async function collect(socket: Socket, read: Read): Promise<string> {
  const chunks: Buffer[] = [];
  let come = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk);
    come += chunk.length;
    // The header is five bytes and may come in pieces; from then on it is known what to wait for.
    if (come < header.length) continue;
    const length = read(Buffer.concat(chunks.slice(0, header.length)));
    if (come >= header.length + length) return `a frame of ${length} bytes is complete`;
  }
  return `waited for more until FIN came, and kept ${come} bytes`;
}

async function play(name: string, read: Read): Promise<void> {
  await using server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => {}); // the other side may hang up before all is sent
  const [socket] = await once(server, "connection");
  client.write(header);
  await once(socket, "readable");
  client.end(rest);
  const said = await collect(socket, read).catch((error) => `${error}`);
  console.log(`${name}: ${said}`);
  console.log(`    ${socket.bytesRead < rest.length ? "it read no more" : "it read everything"}`);
  socket.destroy();
  client.destroy();
}

await play("byShifts", byShifts);
await play("unsigned", unsigned);
await play("limited", limited);
