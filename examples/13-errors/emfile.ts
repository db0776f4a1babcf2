/**
 * Takes descriptors until there are none left, with the calls themselves.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/emfile.ts
 *     deno run --allow-ffi examples/13-errors/emfile.ts
 *
 * @module
 */
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, create_server, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

using listener = create_server(["127.0.0.1", 0]);
const clients: Socket[] = [];

// #region take
// One that connects, and that takes the last descriptor.
const client = socket(AF_INET, SOCK_STREAM);
try {
  for (;;) clients.push(socket(AF_INET, SOCK_STREAM));
} catch (error) {
  console.log(describe("socket()", error));
}
client.connect(listener.getsockname());
console.log("connect() has returned: the kernel needs no descriptor for that");
try {
  listener.accept();
} catch (error) {
  console.log(describe("accept()", error));
}
clients.pop()!.close();
const [conn] = listener.accept();
console.log("accept() has returned, once a descriptor was free");
// #endregion

conn.close();
client.close();
for (const sock of clients) sock.close();

function describe(call: string, error: unknown): string {
  if (!(error instanceof OSError)) throw error;
  return `${call} fails: ${error.name}, ${error.code}, errno ${error.errno}`;
}
