/**
 * Wrong, M56: talks with one client until it ends, waiting for that one alone.
 *
 * Says: "no answer within"
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { DefaultSelector, EVENT_READ } from "#berkeley/selectors.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);
import { select } from "#berkeley/select.ts";

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
  try {
    for (;;) {
      select([conn], [], []);
      let bytes = conn.recv(65536);
      if (bytes.length === 0) break;
      while (bytes.length > 0) {
        select([], [conn], []);
        bytes = bytes.subarray(conn.send(bytes));
      }
    }
  } catch {
    // a reset ends this client
  }
  conn.close();
}

const listener = listen();
listener.setblocking(false);
selector.register(listener, EVENT_READ, () => serve(listener.accept()[0]));
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [key] of selector.select()) key.data();
}
