/**
 * Calls that would have to wait, on sockets that must not: each says so, and at once.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/eagain.ts
 *     deno run --allow-ffi examples/05-readiness/eagain.ts
 *
 * @module
 */
import { BlockingIOError } from "#berkeley/errors.ts";
import { AF_INET, create_server, SOCK_STREAM, socket } from "#berkeley/socket.ts";

const begun = performance.now();

using listener = create_server(["127.0.0.1", 0]);
listener.setblocking(false);
attempt("accept()", () => listener.accept());

using client = socket(AF_INET, SOCK_STREAM);
client.setblocking(false);
attempt("connect()", () => client.connect(listener.getsockname()));

// On loopback the handshake is over by now: the kernel has done it, and queued the connection.
const [conn] = listener.accept();
using _ = conn;
console.log(`the accepted socket waits: ${conn.getblocking()}`);

attempt("recv()", () => client.recv(65536));

const megabyte = new Uint8Array(1_000_000);
attempt("send()", () => {
  for (;;) client.send(megabyte); // nobody reads, so there will be no room
});

console.log(`all of it took ${Math.round(performance.now() - begun)} ms`);

// #region attempt
function attempt(name: string, call: () => void): void {
  try {
    call();
    console.log(`${name} had no need to wait`);
  } catch (error) {
    if (!(error instanceof BlockingIOError)) throw error; // anything else is a failure
    console.log(`${name.padEnd(10)} ${error.name} ${error.code}`);
  }
}
// #endregion
