/**
 * Three ways to limit how long a connect may take, tried on an address that does not answer: what
 * each of them ends, and what it leaves.
 *
 * Lesson 11.
 *
 *     node examples/11-opening/limits.ts
 *     deno run --allow-ffi --allow-net=127.0.0.1 examples/11-opening/limits.ts
 *
 * @module
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { AF_INET, create_server, SOCK_STREAM, socket as berkeley } from "#berkeley/socket.ts";

// A listener that answers nobody: its queue has room for one.
using listener = create_server(["127.0.0.1", 0], { backlog: 0 });
using filler = berkeley(AF_INET, SOCK_STREAM);
filler.connect(listener.getsockname());
const [host, port] = listener.getsockname();

await show("The socket's own time-out", idleTimer);
await show("A race against a timer", race);
await show("A signal that times out", signal);

// #region limits
async function idleTimer(): Promise<Socket> {
  const socket = connect({ host, port, timeout: 100 });
  await once(socket, "timeout"); // only tells
  return socket;
}

async function race(): Promise<Socket> {
  const socket = connect({ host, port });
  await Promise.race([once(socket, "connect"), sleep(100)]); // only stops waiting
  return socket;
}

async function signal(): Promise<Socket> {
  const socket = connect({ host, port, signal: AbortSignal.timeout(100) });
  await once(socket, "connect").catch((error) => console.log(`  ${error.code}, ${error.cause}`));
  return socket;
}
// #endregion

async function show(what: string, way: () => Promise<Socket>): Promise<void> {
  const begun = performance.now();
  console.log(`${what}:`);
  const socket = await way();
  const { connecting, destroyed } = socket;
  const left = destroyed ? "destroyed" : connecting ? "still calling" : "connected";
  console.log(`  after ${Math.round(performance.now() - begun)} ms the socket is ${left}`);
  socket.destroy();
}
