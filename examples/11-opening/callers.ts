/**
 * Calls at a port several times, one call after another, and stays on the line.
 *
 * Lesson 11. Ctrl-C ends it.
 *
 *     node examples/11-opening/callers.ts [port] [how many]
 *     deno run --allow-net=127.0.0.1 examples/11-opening/callers.ts [port] [how many]
 *
 * @module
 */
import { once } from "node:events";
import { connect } from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const port = Number(process.argv[2] ?? 65432);
const count = Number(process.argv[3] ?? 3);
/** How long a caller is looked at, in ms. */
const lookMs = 300;

for (let k = 1; k <= count; k++) {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {}); // the server's end, some day
  const connected = once(socket, "connect").then(() => "connected", (error) => error.code);
  const silent = setTimeout(lookMs, `no answer in ${lookMs} ms, and still waiting`);
  console.log(`Caller ${k}: ${await Promise.race([connected, silent])}`);
}
setInterval(() => {}, 60_000); // until Ctrl-C
