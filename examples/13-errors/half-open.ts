/**
 * A half-open connection: the peer's kernel has forgotten it, and ours has not. Linux only.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/half-open.ts [port]
 *     deno run --allow-ffi examples/13-errors/half-open.ts [port]
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, create_server, IPPROTO_TCP, SOCK_STREAM, socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

/** For how many seconds a kernel remembers a connection that only waits for the peer's FIN. */
const TCP_LINGER2 = 8;

using listener = create_server(["127.0.0.1", port]);
const [host, realPort] = listener.getsockname();
using near = socket(AF_INET, SOCK_STREAM);
near.connect([host, realPort]);

// #region forget
const [far] = listener.accept();
far.setsockopt(IPPROTO_TCP, TCP_LINGER2, 1);
far.close();
console.log(`Listening on ${host}:${realPort}`);
listener.accept()[0].close(); // waits until somebody knocks
for (let times = 0; times < 2; times++) {
  try {
    console.log(`send() takes ${near.send(new Uint8Array(5))} bytes`);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    console.log(`send() fails: ${error.code}`);
  }
}
// #endregion
