/**
 * Wrong, M26: takes the end of input for the end of everything, and drops what it still owes.
 *
 * Says: "only says that Ada sends no more"
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

/** The most that is kept for a client, in bytes. */
const limit = 1 << 20;

function serve(conn: Socket): void {
  conn.setblocking(false);
  let owed: Uint8Array[] = [];
  let owedBytes = 0;
  const flush = () => {
    while (owed.length > 0) {
      const sent = conn.send(owed[0]!);
      owedBytes -= sent;
      owed = [owed[0]!.subarray(sent), ...owed.slice(1)].filter((it) => it.length > 0);
    }
  };
  selector.register(conn, EVENT_READ, () => {
    try {
      if (owedBytes < limit) {
        const bytes = conn.recv(65536);
        if (bytes.length === 0) return leave(conn);
        owed.push(bytes);
        owedBytes += bytes.length;
      }
    } catch (error) {
      if (!(error instanceof BlockingIOError)) return leave(conn);
    }
    try {
      flush();
    } catch (error) {
      if (!(error instanceof BlockingIOError)) return leave(conn);
    }
    const events = (owedBytes < limit ? EVENT_READ : 0) | (owedBytes > 0 ? EVENT_WRITE : 0);
    selector.modify(conn, events);
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
