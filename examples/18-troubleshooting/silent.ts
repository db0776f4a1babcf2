/**
 * A server that nobody gets an answer from, for one of three reasons.
 *
 * Lesson 18. The second word is what it does not do: `accept`, `read` or `answer`.
 *
 *     node examples/18-troubleshooting/silent.ts [port] [what]
 *     deno run --allow-ffi examples/18-troubleshooting/silent.ts [port] [what]
 *
 * @module
 */
import process from "node:process";
import { AF_INET, SO_REUSEADDR, socket, SOL_SOCKET } from "#berkeley/socket.ts";

const [port = "65432", what = "answer"] = process.argv.slice(2);

using listener = socket(AF_INET);
listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
listener.bind(["127.0.0.1", Number(port)]);
listener.listen();
console.log(`Listening on ${listener.getsockname().join(":")}`);

// #region silent
if (what === "accept") busyElsewhere();
const [client] = listener.accept();
using _closing = client;
if (what === "read") busyElsewhere();
while (client.recv(4096).length > 0) {
  // It reads, and that is all.
}
// #endregion

/** Stops this thread for good, as a call does that waits for something else. */
function busyElsewhere(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
