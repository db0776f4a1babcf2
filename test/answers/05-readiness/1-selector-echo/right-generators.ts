/**
 * Right: has a generator for each client, which yields what it waits for.
 *
 * Refused by a test that looks for callbacks, or for a state that is kept by hand.
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

/** A conversation: it yields the event that it waits for, and goes on when that has come. */
type Conversation = Generator<number, void>;

function* echo(conn: Socket): Conversation {
  for (;;) {
    yield EVENT_READ;
    const bytes = attempt(() => conn.recv(65536));
    if (bytes?.length === 0) return;
    for (let rest = bytes ?? new Uint8Array(); rest.length > 0;) {
      rest = rest.subarray(attempt(() => conn.send(rest)) ?? 0);
      if (rest.length > 0) yield EVENT_WRITE;
    }
  }
}

function* acceptAll(listener: Socket): Conversation {
  for (;;) {
    yield EVENT_READ;
    const accepted = attempt(() => listener.accept());
    if (accepted) begin(accepted[0], echo(accepted[0]));
  }
}

function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof BlockingIOError) return undefined;
    throw error;
  }
}

const selector = new DefaultSelector<Conversation>();

function begin(sock: Socket, conversation: Conversation): void {
  sock.setblocking(false);
  selector.register(sock, conversation.next().value as number, conversation);
}

function goOn(sock: Socket, conversation: Conversation): void {
  try {
    const { value, done } = conversation.next();
    if (!done) return void selector.modify(sock, value);
  } catch (error) {
    if (!(error instanceof OSError)) throw error;
  }
  selector.unregister(sock);
  sock.close();
}

const listener = listen();
begin(listener, acceptAll(listener));
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);
for (;;) {
  for (const [key] of selector.select()) goOn(key.fileobj as Socket, key.data);
}
