/**
 * An echo service in blocking calls: every byte of a client comes back to it, one client after the
 * other.
 *
 *     node exercises/04-blocking/1-echo-in-turn.ts [port]
 *     deno run --allow-ffi exercises/04-blocking/1-echo-in-turn.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0.
 * - Once it listens, it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - It serves one client at a time, in the order in which they came: sends back every byte as it
 *   came, for as long as the client likes, and however long it is silent in between.
 * - Up to a hundred others may wait meanwhile; each gets its turn.
 * - When a client has half-closed, it gets all of its echo and then a FIN, and the next one is
 *   served.
 * - A client that resets its connection, at whatever moment, is no reason to stop. Whichever way a
 *   connection ends, its descriptor is given back.
 * - When the port is taken, it says so in one line and ends with an exit code other than 0.
 * - SIGTERM ends it.
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

// #region cut
/** Serves one client to its end. */
function echo(conn: Socket): void {
  try {
    for (;;) {
      const bytes = conn.recv(65536);
      // The client's FIN. It may be reading still, but it has all of its echo: sendall() has waited
      // until the kernel had taken everything, and close() puts our FIN behind that.
      if (bytes.length === 0) return;
      conn.sendall(bytes);
    }
  } catch (error) {
    // ECONNRESET out of recv(), EPIPE or ECONNRESET out of sendall(): it is this client's affair. A
    // fault of our own is not.
    if (!(error instanceof OSError)) throw error;
  }
}

/** Makes a socket that listens, or ends the program with a sentence. */
function listenOn(port: number): Socket {
  const listener = socket(AF_INET, SOCK_STREAM);
  try {
    listener.bind(["127.0.0.1", port]);
    listener.listen();
    return listener;
  } catch (error) {
    console.error(`Cannot listen on port ${port}: ${(error as Error).message}`);
    process.exit(1);
  }
}
// #endregion

// #region todo Listen on 127.0.0.1, then accept one client after the other and echo its bytes
using listener = listenOn(port);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  const [conn] = listener.accept();
  // No handler for SIGTERM: it could not run while accept() waits. Without one the signal ends us.
  using _closing = conn;
  echo(conn);
}
// #endregion
