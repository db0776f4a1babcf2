/**
 * Wrong, M51: reads on whatever waits to be sent: a client that never reads fills the memory.
 *
 * Says: "keeps what it cannot send"
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

const selector = new DefaultSelector<(events: number) => void>();

function serve(conn: Socket): void {
  conn.setblocking(false);
  const owed: Uint8Array[] = [];
  let ended = false;
  const flush = () => {
    while (owed.length > 0) {
      const sent = conn.send(owed[0]!);
      owed[0] = owed[0]!.subarray(sent);
      if (owed[0].length === 0) owed.shift();
    }
  };
  const turn = (receive: boolean) => {
    if (receive) {
      const bytes = conn.recv(65536);
      if (bytes.length === 0) ended = true;
      else owed.push(bytes);
    }
    try {
      flush();
    } catch (error) {
      if (!(error instanceof BlockingIOError)) throw error;
    }
    if (ended && owed.length === 0) return leave(conn);
    const events = (ended ? 0 : EVENT_READ) | (owed.length > 0 ? EVENT_WRITE : 0);
    selector.modify(conn, events);
  };
  selector.register(conn, EVENT_READ, (events) => {
    try {
      turn((events & EVENT_READ) !== 0);
    } catch (error) {
      if (!(error instanceof BlockingIOError)) leave(conn);
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
  for (const [key, events] of selector.select()) key.data(events);
}
