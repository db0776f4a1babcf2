/**
 * Wrong, M46: leaves the taken port to the runtime, which prints a stack trace.
 *
 * Says: "ended with a stack trace instead of a sentence"
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

using listener = socket(AF_INET, SOCK_STREAM);
listener.bind(["127.0.0.1", port]);
listener.listen();
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

for (;;) {
  const [conn] = listener.accept();
  using _closing = conn;
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
