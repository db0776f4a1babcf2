/**
 * Wrong, own: has a time limit on each call, and takes a client that is silent for one that is
 * gone.
 *
 * Says: "after 0 of"
 * Same as: wrong-M03-one-recv.ts, because on a busy machine ten milliseconds can be silence enough.
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
  conn.settimeout(0.15);
  echo(conn);
}

function echo(conn: Socket): void {
  try {
    for (;;) {
      const bytes = conn.recv(65536);
      if (bytes.length === 0) return;
      conn.sendall(bytes);
    }
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
  }
}
