/**
 * Sends as many bytes as a client asks for, to many clients at once, however slowly they read.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/selector-server.ts [port]
 *     deno run --allow-ffi examples/05-readiness/selector-server.ts [port]
 *
 * @module
 */
import process from "node:process";
import { BlockingIOError } from "#berkeley/errors.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";
import { create_server, type Socket } from "#berkeley/socket.ts";

const piece = new Uint8Array(65536).fill(46);

// #region loop
const selector = new DefaultSelector<() => void>();

const listener = create_server(["127.0.0.1", Number(process.argv[2] ?? 65432)]);
listener.setblocking(false);
selector.register(listener, EVENT_READ, () => serve(listener.accept()[0]));
console.log(`Listening on 127.0.0.1:${listener.getsockname()[1]}`);

for (;;) {
  for (const [key] of selector.select()) {
    try {
      key.data();
    } catch (error) {
      // Whoever would have to wait is waited for again. A client's errors end with its client.
      if (!(error instanceof BlockingIOError)) throw error;
    }
  }
}
// #endregion

/** A client asks for a number of bytes by a line. */
function serve(client: Socket): void {
  client.setblocking(false);
  const ask = () => {
    const count = parseInt(new TextDecoder().decode(client.recv(64)));
    if (count >= 0) answer(client, count);
    else leave(client, "asked for nothing");
  };
  selector.register(client, EVENT_READ, () => attempt(client, ask));
}

// #region answer
function answer(client: Socket, count: number): void {
  let left = count;
  const send = () => {
    left -= client.send(piece.subarray(0, left));
    if (left === 0) leave(client, `got ${count} bytes`);
  };
  // From now on its turn comes when it has room, and until then the others have theirs.
  selector.modify(client, EVENT_WRITE, () => attempt(client, send));
}

function attempt(client: Socket, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (error instanceof BlockingIOError) throw error;
    leave(client, `failed: ${error}`);
  }
}
// #endregion

function leave(client: Socket, how: string): void {
  selector.unregister(client);
  client.close();
  console.log(`a client ${how}`);
}
