/**
 * Wrong, own: has a time limit, so that send() takes what fits, and does not look how much that
 * was.
 *
 * Says: "It left"
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

for (;;) {
  const [conn] = listener.accept();
  using _closing = conn;
  conn.settimeout(60);
  echo(conn);
}

function echo(conn: Socket): void {
  try {
    for (;;) {
      const bytes = conn.recv(4 << 20);
      if (bytes.length === 0) return;
      conn.send(bytes);
    }
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
  }
}
