/**
 * The echo server with the system's own calls: each of the seven steps is a line, and waits.
 *
 * Lesson 2.
 *
 *     node examples/02-echo/echo-server-berkeley.ts [port]
 *     deno run --allow-ffi examples/02-echo/echo-server-berkeley.ts [port]
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

const host = "127.0.0.1";
const port = Number(process.argv[2] ?? 65432);

// #region life
using listener = socket(AF_INET, SOCK_STREAM); // closed at the end, as with Python's with
listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
listener.bind([host, port]);
listener.listen();
console.log(`Listening on ${listener.getsockname().join(":")}`);
while (true) {
  const [conn, address] = listener.accept(); // waits here until there is a client
  const client = address.join(":");
  console.log(`${client} connected`);
  {
    using _ = conn; // closed at the end of this block
    echo(conn, client);
  }
  console.log(`${client} closed`);
}
// #endregion

/** Echoes to one client until its FIN; what goes wrong with it ends its connection alone. */
function echo(conn: Socket, client: string): void {
  try {
    let total = 0;
    // #region exchange
    while (true) {
      const data = conn.recv(65536); // waits for the next bytes: some, at most so many
      if (data.length === 0) break; // the client's FIN
      total += data.length;
      conn.sendall(data); // send() in a loop
    }
    conn.shutdown(SHUT_WR); // our own FIN, behind the last byte
    // #endregion
    console.log(`${client} sent ${total} bytes, then its FIN`);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    console.log(`${client} failed: ${error.code}`);
  }
}
