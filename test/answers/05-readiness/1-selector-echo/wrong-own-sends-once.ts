/**
 * Wrong, own: waits for room when send() takes nothing, and takes it that a send which takes
 * something takes all.
 *
 * Says: "bytes out: after byte"
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

function listen(): Socket {
  try {
    return create_server(["127.0.0.1", port]);
  } catch (error) {
    console.error(`Cannot listen on port ${port}: ${(error as OSError).code}`);
    process.exit(1);
  }
}

const selector = new DefaultSelector<() => void>();

function serve(conn: Socket): void {
  conn.setblocking(false);
  let owed: Uint8Array = new Uint8Array();
  const flush = () => {
    conn.send(owed);
    owed = new Uint8Array();
    selector.modify(conn, owed.length > 0 ? EVENT_WRITE : EVENT_READ);
  };
  selector.register(conn, EVENT_READ, () => {
    try {
      if (owed.length > 0) return flush();
      owed = conn.recv(50_000); // no such pieces fill a buffer of the kernel to the last byte
      if (owed.length === 0) return leave(conn);
      flush();
    } catch (error) {
      if (error instanceof BlockingIOError) selector.modify(conn, EVENT_WRITE);
      else leave(conn);
    }
  });
}

function leave(conn: Socket): void {
  selector.unregister(conn);
  conn.close();
}

const listener = listen();
listener.setblocking(false);
selector.register(listener, EVENT_READ, () => serve(listener.accept()[0]));
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [key] of selector.select()) key.data();
}
