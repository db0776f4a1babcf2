/**
 * Wrong, M22: catches the reset outside of the loop that accepts, so that the first one ends it.
 *
 * Says: "It ended (exit code 0) while it served"
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

try {
  for (;;) {
    const [conn] = listener.accept();
    using _closing = conn;
    echo(conn);
  }
} catch (error) {
  if (!(error instanceof OSError)) throw error;
  console.log(`Client gone: ${error.message}`);
}

function echo(conn: Socket): void {
  for (;;) {
    const bytes = conn.recv(65536);
    if (bytes.length === 0) return;
    conn.sendall(bytes);
  }
}
