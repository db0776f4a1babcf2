/**
 * A time limit on a blocking socket: what a TimeoutError says, and what it does not say.
 *
 * Lesson 4.
 *
 *     node examples/04-blocking/recv-timeout.ts
 *     deno run --allow-ffi examples/04-blocking/recv-timeout.ts
 *
 * @module
 */
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

/** Both ends of a connection. One thread can do both: connect() returns before anybody accepts. */
function connection(): [client: Socket, server: Socket] {
  using listener = socket(AF_INET, SOCK_STREAM);
  listener.bind(["127.0.0.1", 0]);
  listener.listen();
  const client = socket(AF_INET, SOCK_STREAM);
  client.connect(listener.getsockname());
  const [server] = listener.accept();
  return [client, server];
}

/** What a call that has to fail says. */
function failure(call: () => unknown): string {
  try {
    call();
    return "no error";
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    return `${error.name}, code ${error.code}: "${error.message}"`;
  }
}

const [client, server] = connection();
using _client = client;
using _server = server;

console.log("The server says nothing:");
// #region limit
client.settimeout(0.25);
console.log(failure(() => client.recv(100)));
server.sendall(new TextEncoder().encode("late"));
console.log(`The next recv() gives ${client.recv(100).length} bytes`);
// #endregion

console.log("The server reads nothing:");
// #region sendall
const bytes = new Uint8Array(10_000_000);
console.log(failure(() => client.sendall(bytes)));
client.close();
let arrived = 0;
for (let n = -1; n !== 0; arrived += n) n = server.recv(65536).length;
console.log(`A part of them had gone: ${0 < arrived && arrived < bytes.length}`);
// #endregion
