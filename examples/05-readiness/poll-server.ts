/**
 * Collects what many clients say, in one thread: poll() tells who has something to say.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/poll-server.ts [port]
 *     deno run --allow-ffi examples/05-readiness/poll-server.ts [port]
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError, OSError } from "#berkeley/errors.ts";
import { poll, POLLIN } from "#berkeley/select.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

const listener = create_server(["127.0.0.1", Number(process.argv[2] ?? 65432)]);
listener.setblocking(false);
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

// #region loop
/** Who is connected, by the number of its descriptor: that is what poll() knows. */
const clients = new Map<number, Socket>();

const waiting = poll();
waiting.register(listener, POLLIN);

for (;;) {
  for (const [fd] of waiting.poll()) { // the one call in which this program waits
    const client = clients.get(fd);
    if (client) attempt(client, hear);
    else accept();
  }
}
// #endregion

// #region turns
function accept(): void {
  const accepted = unlessItWaits(() => listener.accept());
  if (!accepted) return;
  const [client, [, port]] = accepted;
  client.setblocking(false); // an accepted socket waits, whatever its listener does
  clients.set(client.fileno(), client);
  waiting.register(client, POLLIN);
  console.log(`a client from port ${port}, ${clients.size} in all`);
  attempt(client, greet);
}

function greet(client: Socket): void {
  client.send(new TextEncoder().encode("I am listening\n"));
}

function hear(client: Socket): void {
  const bytes = client.recv(65536); // one call: whoever has more to say is told of again
  if (bytes.length === 0) return leave(client, "has ended");
  console.log(`heard ${bytes.length} bytes`);
}

function leave(client: Socket, how: string): void {
  waiting.unregister(client); // first: its number will be another's
  clients.delete(client.fileno());
  client.close();
  console.log(`a client ${how}, ${clients.size} left`);
}
// #endregion

// #region errors
/** Does something with a client; what goes wrong is that client's end, and nobody else's. */
function attempt(client: Socket, act: (client: Socket) => void): void {
  try {
    unlessItWaits(() => act(client));
  } catch (error) {
    if (!(error instanceof OSError)) throw error; // a fault of ours
    leave(client, `failed: ${error.code}`);
  }
}

/** Makes a call; undefined when it would have to wait. Then it will be ready another time. */
function unlessItWaits<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch (error) {
    if (error instanceof BlockingIOError) return undefined;
    throw error;
  }
}
// #endregion
