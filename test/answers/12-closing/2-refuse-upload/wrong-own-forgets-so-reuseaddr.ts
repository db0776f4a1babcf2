/**
 * Wrong, own: binds without SO_REUSEADDR, in blocking calls: what is left of its own connections keeps the port.
 *
 * Says: "It ended (exit code 1) before it said where it listens"
 * Says: "EADDRINUSE"
 * Runtime: node
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SHUT_WR, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);
const limitBytes = 65_536;

const listener = socket(AF_INET, SOCK_STREAM);
listener.bind(["127.0.0.1", port]);
listener.listen();
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  const [conn] = listener.accept();
  using _closing = conn;
  try {
    serve(conn);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
  }
}

function serve(conn: Socket): void {
  let bytes = 0;
  let isRefused = false;
  for (let chunk = conn.recv(65536); chunk.length > 0; chunk = conn.recv(65536)) {
    bytes += chunk.length;
    if (bytes <= limitBytes || isRefused) continue;
    isRefused = true;
    conn.sendall(new TextEncoder().encode(`refused: more than ${limitBytes} bytes\n`));
    conn.shutdown(SHUT_WR);
  }
  if (!isRefused) conn.sendall(new TextEncoder().encode(`stored ${bytes}\n`));
}
