/**
 * Wrong, own: ends its half of a connection that is no more, outside of what is caught.
 *
 * Says: "It ended (exit code 1) while it served: OSError: shutdown()"
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SHUT_WR, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

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
  echo(conn);
  conn.shutdown(SHUT_WR);
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
