/**
 * An echo server in blocking calls: it serves one client to the end, and only then the next.
 *
 * Lesson 4.
 *
 *     node examples/04-blocking/one-at-a-time.ts [port]
 *     deno run --allow-ffi examples/04-blocking/one-at-a-time.ts [port]
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import {
  AF_INET,
  SHUT_WR,
  SO_REUSEADDR,
  SOCK_STREAM,
  type Socket,
  socket,
  SOL_SOCKET,
} from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

try {
  serve(port);
} catch (error) {
  if (!(error instanceof OSError)) throw error;
  console.error(`Cannot listen on 127.0.0.1:${port}: ${error.message}`);
  process.exitCode = 1;
}

function serve(port: number): never {
  // #region serve
  using listener = socket(AF_INET, SOCK_STREAM);
  listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
  listener.bind(["127.0.0.1", port]);
  listener.listen();
  console.log(`Listening on ${listener.getsockname().join(":")}`);

  for (;;) {
    const [conn, address] = listener.accept(); // waits for the next client
    using _closing = conn; // closes it at the end of each turn, whatever happens
    console.log(`${address.join(":")} connected`);
    echo(conn, address.join(":"));
    console.log(`${address.join(":")} closed`);
  }
  // #endregion
}

function echo(conn: Socket, client: string): void {
  try {
    // #region echo
    let total = 0;
    for (;;) {
      const bytes = conn.recv(65536); // waits for some bytes, at most so many
      if (bytes.length === 0) break; // the client's FIN
      total += bytes.length;
      conn.sendall(bytes); // waits for room in the kernel's buffer
    }
    conn.shutdown(SHUT_WR); // our own FIN, behind the last byte
    // #endregion
    console.log(`${client} sent ${total} bytes, then its FIN`);
  } catch (error) {
    // A reset, most often: it ends this client, not the server.
    if (!(error instanceof OSError)) throw error;
    console.log(`${client} failed: ${error.name}`);
  }
}
