/**
 * Right: a loop round send() in the place of sendall(), and recv_into() one buffer.
 *
 * Refused by a test that counts the calls, or wants a new buffer for each of them.
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

using listener = socket(AF_INET, SOCK_STREAM);
try {
  listener.bind(["127.0.0.1", port]);
  listener.listen();
} catch (error) {
  console.error(`Cannot listen on port ${port}: ${(error as Error).message}`);
  process.exit(1);
}
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

const buffer = new Uint8Array(65536);

for (;;) {
  const [conn] = listener.accept();
  using _closing = conn;
  echo(conn);
}

function echo(conn: Socket): void {
  try {
    for (let count = conn.recv_into(buffer); count > 0; count = conn.recv_into(buffer)) {
      for (let sent = 0; sent < count;) sent += conn.send(buffer.subarray(sent, count));
    }
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
  }
}
