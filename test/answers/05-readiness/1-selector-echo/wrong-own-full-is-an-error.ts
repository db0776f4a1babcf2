/**
 * Wrong, own: sends until all is gone, and takes EAGAIN for a broken connection: it drops a client
 * that is slow.
 *
 * Says: "RST"
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { DefaultSelector, EVENT_READ } from "#berkeley/selectors.ts";
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
  selector.register(conn, EVENT_READ, () => {
    try {
      let bytes = conn.recv(65536);
      if (bytes.length === 0) return leave(conn);
      while (bytes.length > 0) bytes = bytes.subarray(conn.send(bytes));
    } catch {
      leave(conn);
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
