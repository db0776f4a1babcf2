/**
 * A call that waits stops the thread: during accept() an interval does not tick.
 *
 * Lesson 4.
 *
 *     node examples/04-blocking/blocked-accept.ts [port]
 *     deno run --allow-ffi examples/04-blocking/blocked-accept.ts [port]
 *
 * @module
 */
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { AF_INET, SO_REUSEADDR, SOCK_STREAM, socket, SOL_SOCKET } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

let ticks = 0;
const interval = setInterval(() => ticks++, 10);

/** Lets the event loop turn until the interval has ticked ten times more. */
async function tenTicks(when: string): Promise<void> {
  const before = performance.now();
  for (const end = ticks + 10; ticks < end;) await setTimeout(1);
  console.log(`${when} 10 ticks took ${Math.round(performance.now() - before)} ms`);
}

await tenTicks("Before accept():");

// #region accept
using listener = socket(AF_INET, SOCK_STREAM);
listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1); // lesson 12
listener.bind(["127.0.0.1", port]);
listener.listen();
const [host, realPort] = listener.getsockname();
console.log(`Listening on ${host}:${realPort}`);

const [ticksBefore, begun] = [ticks, performance.now()];
const [conn, client] = listener.accept(); // the thread stands still here
const ms = Math.round(performance.now() - begun);
console.log(`accept() returned after ${ms} ms: ${client.join(":")} has come`);
console.log(`Ticks meanwhile: ${ticks - ticksBefore}`);
// #endregion

conn.close();
await tenTicks("After accept():");
clearInterval(interval);
