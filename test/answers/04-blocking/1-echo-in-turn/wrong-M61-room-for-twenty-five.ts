/**
 * Wrong, M61: believes that nobody will ever wait behind more than a few others.
 *
 * Says: "nobody accepts, and the queue of those who wait is full"
 * Same as: wrong-M61-room-for-five.ts, a longer queue that is too short all the same
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

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
    listener.listen(25);
    return listener;
  } catch (error) {
    console.error(`Cannot listen on port ${port}: ${(error as Error).message}`);
    process.exit(1);
  }
}

using listener = listenOn(port);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  const [conn] = listener.accept();
  // No handler for SIGTERM: it could not run while accept() waits. Without one the signal ends us.
  using _closing = conn;
  echo(conn);
}
