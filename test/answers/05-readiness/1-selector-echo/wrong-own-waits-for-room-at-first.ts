/**
 * Wrong, own: waits for room from the beginning, and stops that with the first answer: whoever comes
 * and says nothing keeps the loop spinning.
 *
 * Says: "Bob was connected and had never said anything"
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { create_server, SHUT_WR, type Socket } from "#berkeley/socket.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";

const port = Number(process.argv[2] ?? 65432);

const selector = new DefaultSelector<() => void>();

function listen(): Socket {
  try {
    return create_server(["127.0.0.1", port]) as Socket;
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
    console.error(`Cannot listen on ${port}: ${error.message}`);
    process.exit(1);
  }
}

const listener = listen();
listener.setblocking(false);
selector.register(listener, EVENT_READ, () => {
  const [conn] = listener.accept();
  serve(conn);
});
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

for (;;) {
  for (const [key] of selector.select()) {
    try {
      key.data();
    } catch (error) {
      if (!(error instanceof OSError)) throw error;
    }
  }
}

/** Reads or sends, never both: while something is owed, nothing is read. */
function serve(conn: Socket): void {
  conn.setblocking(false);
  let owed: Uint8Array = new Uint8Array();

  const end = () => {
    selector.unregister(conn);
    conn.close();
  };
  const guarded = (step: () => void) => () => {
    try {
      step();
    } catch (error) {
      if (error instanceof BlockingIOError) return;
      end();
      if (!(error instanceof OSError)) throw error;
    }
  };
  const read = guarded(() => {
    const bytes = conn.recv(65536);
    if (bytes.length === 0) {
      conn.shutdown(SHUT_WR);
      return end();
    }
    owed = bytes;
    selector.modify(conn, EVENT_WRITE, write);
    write();
  });
  const write = guarded(() => {
    owed = owed.subarray(conn.send(owed));
    if (owed.length === 0) selector.modify(conn, EVENT_READ, read);
  });
  selector.register(conn, EVENT_READ | EVENT_WRITE, read);
}
