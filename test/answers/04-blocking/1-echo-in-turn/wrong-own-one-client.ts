/**
 * Wrong, own: serves one client, and ends.
 *
 * Says: "It ended (exit code 0) while it served"
 * Same as: wrong-M22-catches-around-the-loop.ts, because both leave their loop in silence: which
 * line it was, an exit code does not say.
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

const [conn] = listener.accept();
echo(conn);
conn.close();

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
