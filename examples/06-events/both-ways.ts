/**
 * Both ends of a connection send 32 MiB at the same time, and read at the same time.
 *
 * Lesson 6.
 *
 *     node examples/06-events/both-ways.ts
 *     deno run --allow-net=127.0.0.1 examples/06-events/both-ways.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

const much = new Uint8Array(32 << 20);

const accepted = Promise.withResolvers<Socket>();
const server = createServer(accepted.resolve).listen(0, "127.0.0.1");
await once(server, "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
const ends = [exchange("Ada", socket), exchange("Bob", await accepted.promise)];
for (const line of await Promise.all(ends)) console.log(line);
server.close();

// #region exchange
async function exchange(name: string, socket: Socket): Promise<string> {
  let sent = false;
  let received = 0;
  let atOnce = false;
  // No turns to agree on: whichever direction is ready goes on, and tells us.
  socket.end(much, () => sent = true);
  socket.on("data", (bytes) => {
    received += bytes.length;
    atOnce ||= !sent;
  });
  await once(socket, "end");
  return `${name} received ${received} bytes, the first before the last was sent: ${atOnce}`;
}
// #endregion
