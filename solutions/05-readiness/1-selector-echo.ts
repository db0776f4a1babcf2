/**
 * An echo service for many clients in one thread, over a selector: no call waits but the selector's.
 *
 *     node exercises/05-readiness/1-selector-echo.ts [port]
 *     deno run --allow-ffi exercises/05-readiness/1-selector-echo.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Once it listens, it prints `Listening on 127.0.0.1:PORT` with the real
 *   port. When the port is taken, it says so in one line and ends with an exit code other than 0.
 * - It sends back every byte as it came, to as many clients as there are, all of them at once.
 * - A client that sends and does not read is nobody's concern but its own: the others are served,
 *   and the memory does not grow with what it sends. When it reads again, it gets all of its echo.
 * - When a client has half-closed, it sends what it still owes that client, and then it ends, too.
 * - A client that resets its connection is no reason to stop.
 * - While there is nothing to do it sleeps: whoever is connected, silent, slow or gone, it uses no
 *   CPU time. Of clients that have left it keeps nothing, in the selector or open.
 * - SIGTERM ends it.
 *
 * It is done with the sockets of `#berkeley/socket.ts`, not with `node:net` or Deno's own.
 *
 * @module
 */
import process from "node:process";
import { create_server, type Socket } from "#berkeley/socket.ts";
// #region cut
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
// #endregion
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";

const port = Number(process.argv[2] ?? 65432);

// #region todo Listen on 127.0.0.1, wait for all sockets at once, and send every client's bytes back
/** What a client gets its turn by: called when its socket, or the listener, is ready. */
type OnReady = () => void;

const selector = new DefaultSelector<OnReady>();

function listen(): Socket {
  try {
    return create_server(["127.0.0.1", port]);
  } catch (error) {
    console.error(`Cannot listen on 127.0.0.1:${port}: ${(error as OSError).message}`);
    process.exit(1);
  }
}

/** Makes a call that must not wait; undefined when it would have to. */
function unlessItWaits<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    // Ready was a hint. A client may have gone between the hint and the call.
    if (error instanceof BlockingIOError) return undefined;
    throw error;
  }
}

function serve(sock: Socket): void {
  sock.setblocking(false);
  // What has been received and not been sent yet. As long as there is some, nothing is received: so
  // a client that does not read costs one piece of memory, and its kernel is told to stop sending.
  let owed: Uint8Array = new Uint8Array();

  const receive = () => {
    const bytes = unlessItWaits(() => sock.recv(65536));
    if (bytes?.length === 0) return leave();
    if (bytes) send(bytes);
  };
  const send = (bytes: Uint8Array) => {
    const sent = unlessItWaits(() => sock.send(bytes)) ?? 0;
    owed = bytes.subarray(sent);
    // Wait for room only while there is something to send: an empty socket is writable at all times.
    selector.modify(sock, owed.length > 0 ? EVENT_WRITE : EVENT_READ);
  };
  const leave = () => {
    selector.unregister(sock); // first: its number goes to the next socket that is opened
    sock.close();
  };
  selector.register(sock, EVENT_READ, () => {
    try {
      if (owed.length > 0) send(owed);
      else receive();
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
      leave(); // a reset is this client's affair
    }
  });
}

const listener = listen();
listener.setblocking(false);
selector.register(listener, EVENT_READ, () => {
  const accepted = unlessItWaits(() => listener.accept());
  if (accepted) serve(accepted[0]);
});
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [key] of selector.select()) key.data();
}
// #endregion
