/**
 * A client that sends a byte now and then, against an idle limit and against a deadline.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/slow-loris.ts
 *     deno run --allow-net=127.0.0.1 examples/13-errors/slow-loris.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

const limitMs = 300;

/** Sends the beginning of a header, byte by byte, until the server has enough of it, or we have. */
async function dribble(name: string, limit: (socket: Socket) => void): Promise<void> {
  const server = createServer((socket) => {
    socket.on("error", () => {}).resume();
    limit(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const begun = performance.now();
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  client.on("error", () => {});
  const timer = setInterval(() => client.write("x"), 50);
  const after2s = setTimeout(() => client.end(), 2000);
  client.resume();
  await once(client, "close");
  clearInterval(timer);
  clearTimeout(after2s);
  const ms = Math.round(performance.now() - begun);
  console.log(`${name}: the client ${ms < 1900 ? "was sent away" : "gave up"} after ${ms} ms`);
  server.close();
}

// #region limits
/** Strikes when nothing has come for so long. */
function idleLimit(socket: Socket): void {
  socket.setTimeout(limitMs, () => socket.destroy());
}

/** Strikes when so much time has passed. */
function deadline(socket: Socket): void {
  const timer = setTimeout(() => socket.destroy(), limitMs);
  socket.on("close", () => clearTimeout(timer));
}
// #endregion

await dribble("idle limit", idleLimit);
await dribble("deadline", deadline);
