/**
 * Wrong, M22: expects an error of recv(), and none of sendall().
 *
 * Says: "It ended (exit code 1) while it served"
 * Says: "Error: sendall()"
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
  echo(conn);
}

function echo(conn: Socket): void {
  for (;;) {
    const bytes = receive(conn);
    if (bytes.length === 0) return;
    conn.sendall(bytes);
  }
}

function receive(conn: Socket): Uint8Array {
  try {
    return conn.recv(65536);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    return new Uint8Array();
  }
}
