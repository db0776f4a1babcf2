/**
 * Right: waits for both directions at once, reads while less than a limit is owed, and shuts down
 * before it closes.
 *
 * Refused by a test that wants the memory for a client to be one piece, or no shutdown().
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";
import { create_server, SHUT_WR, type Socket } from "#berkeley/socket.ts";

const port = Number(process.argv[2] ?? 65432);

function listen(): Socket {
  try {
    return create_server(["127.0.0.1", port]);
  } catch (error) {
    console.error(`Cannot listen on port ${port}: ${(error as OSError).code}`);
    process.exit(1);
  }
}

/** Beyond so much that is owed, a client is not read, in bytes. */
const limit = 256 << 10;

class Client {
  readonly #conn: Socket;
  #owed: Uint8Array[] = [];
  #owedBytes = 0;
  #ended = false;

  constructor(conn: Socket) {
    this.#conn = conn;
    conn.setblocking(false);
    selector.register(conn, EVENT_READ, this);
  }

  ready(events: number): void {
    try {
      if (events & EVENT_READ) this.#receive();
      this.#flush();
    } catch (error) {
      if (!(error instanceof BlockingIOError)) return this.#leave();
    }
    if (!this.#ended) return this.#wait();
    if (this.#owed.length > 0) return this.#wait();
    try {
      this.#conn.shutdown(SHUT_WR);
    } catch {
      // it has gone before we could say so
    }
    this.#leave();
  }

  #receive(): void {
    const bytes = this.#conn.recv(65536);
    this.#ended = bytes.length === 0;
    if (this.#ended) return;
    this.#owed.push(bytes);
    this.#owedBytes += bytes.length;
  }

  #flush(): void {
    while (this.#owed.length > 0) {
      const [first, ...rest] = this.#owed as [Uint8Array];
      const sent = this.#conn.send(first);
      this.#owedBytes -= sent;
      this.#owed = sent < first.length ? [first.subarray(sent), ...rest] : rest;
    }
  }

  #wait(): void {
    const reads = !this.#ended && this.#owedBytes < limit;
    const writes = this.#owed.length > 0;
    selector.modify(this.#conn, (reads ? EVENT_READ : 0) | (writes ? EVENT_WRITE : 0));
  }

  #leave(): void {
    selector.unregister(this.#conn);
    this.#conn.close();
  }
}

const selector = new DefaultSelector<Client | undefined>();
const listener = listen();
listener.setblocking(false);
selector.register(listener, EVENT_READ, undefined);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [key, events] of selector.select()) {
    if (key.data) key.data.ready(events);
    else new Client(listener.accept()[0]);
  }
}
