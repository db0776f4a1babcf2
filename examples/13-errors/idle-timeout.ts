/**
 * What the idle time-out of a socket does, what it does not, and what puts it off.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/idle-timeout.ts
 *     deno run --allow-net=127.0.0.1 examples/13-errors/idle-timeout.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");

/** Watches a connection whose client says nothing for a second, with a time-out of 200 ms. */
async function watch(what: string, start: (socket: Socket) => void): Promise<void> {
  const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [socket] = await once(server, "connection") as [Socket];
  let timeouts = 0;
  socket.setTimeout(200, () => timeouts++);
  start(socket);
  await setTimeout(1000);
  const state = socket.destroyed ? "destroyed" : "open";
  console.log(`${what}: ${timeouts} time-outs, and the socket is ${state}`);
  client.destroy();
  socket.destroy();
}

// #region watch
await watch("Nobody does anything", () => {});
await watch("We ping the client every 50 ms", (socket) => {
  const timer = setInterval(() => socket.write("ping\n"), 50);
  socket.on("close", () => clearInterval(timer));
});
// #endregion
server.close();
