/**
 * An echo server that starts a thread for each client, so that nobody waits for another to leave.
 *
 * Lesson 4.
 *
 *     node examples/04-blocking/thread-per-client.ts [port]
 *     deno run --allow-ffi --allow-read=. examples/04-blocking/thread-per-client.ts [port]
 *
 * The permission to read is for the files of the workers, which Deno loads as it starts them.
 *
 * @module
 */
import { writeSync } from "node:fs";
import process from "node:process";
import { isMainThread, threadId, Worker, workerData } from "node:worker_threads";
import { AF_INET, create_server, SHUT_WR, SOCK_STREAM, socket } from "#berkeley/socket.ts";

if (isMainThread) acceptAll(Number(process.argv[2] ?? 65432));
else serve(workerData);

function acceptAll(port: number): never {
  // #region accept
  using listener = create_server(["127.0.0.1", port]);
  console.log(`Listening on ${listener.getsockname().join(":")}`);
  for (;;) {
    const [conn] = listener.accept();
    // From here on the descriptor is the worker's: this thread must not use or close it.
    new Worker(new URL(import.meta.url), { workerData: conn.detach() });
  }
  // #endregion
}

// #region serve
function serve(fileno: number): void {
  using conn = socket(AF_INET, SOCK_STREAM, 0, fileno);
  try {
    say(`serves ${conn.getpeername().join(":")}`);
    for (let bytes = conn.recv(65536); bytes.length > 0; bytes = conn.recv(65536)) {
      conn.sendall(bytes);
    }
    conn.shutdown(SHUT_WR);
  } catch (error) {
    // Whatever a worker does not catch is for the main thread to hear, and that one is in accept().
    say(`failed: ${error}`);
  }
}
// #endregion

/** console.log() of a worker goes through the main thread on Node, and that one is in accept(). */
function say(text: string): void {
  writeSync(1, `Worker ${threadId} ${text}\n`);
}
