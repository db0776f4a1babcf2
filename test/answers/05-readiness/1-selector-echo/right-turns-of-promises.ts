/**
 * Right: lets promises run between two rounds, as a program does that has other work, too.
 *
 * Refused by a test that wants the thread never to leave the selector.
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
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

/** Settles when a socket is ready. */
function ready(sock: Socket, events: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  selector.register(sock, events, () => {
    selector.unregister(sock);
    resolve();
  });
  return promise;
}

async function echo(conn: Socket): Promise<void> {
  for (;;) {
    await ready(conn, EVENT_READ);
    let bytes = conn.recv(65536);
    if (bytes.length === 0) return;
    while (bytes.length > 0) {
      await ready(conn, EVENT_WRITE);
      bytes = bytes.subarray(conn.send(bytes));
    }
  }
}

async function acceptAll(listener: Socket): Promise<void> {
  for (;;) {
    await ready(listener, EVENT_READ);
    const [conn] = listener.accept();
    conn.setblocking(false);
    echo(conn).catch(() => {}).finally(() => conn.close());
  }
}

const listener = listen();
listener.setblocking(false);
acceptAll(listener);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [key] of selector.select()) key.data();
  // Whoever was ready goes on before the next round, and has registered again by then.
  for (let turn = 0; turn < 20; turn++) await null;
}
