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
  for (const [key] of selector.select()) key.data();
}
// #endregion

function serve(client: Socket): void {
  client.setblocking(false);
  // A client asks by a line; one that ends without a line, or fails, is let go.
  selector.register(client, EVENT_READ, () => {
    try {
      const count = parseInt(new TextDecoder().decode(client.recv(64)));
      if (count >= 0) answer(client, count);
      else leave(client, "asked for nothing");
    } catch (error) {
      leave(client, `failed: ${error}`);
    }
  });
}

// #region answer
function answer(client: Socket, count: number): void {
  let left = count;
  let waits = 0;
  // From now on this client is waited for until it has room, and until then others have their turn.
  selector.modify(client, EVENT_WRITE, () => {
    try {
      left -= client.send(piece.subarray(0, left));
    } catch (error) {
      if (!(error instanceof BlockingIOError)) return leave(client, `failed: ${error}`);
      waits++;
    }
    if (left === 0) leave(client, `got ${count} bytes`);
  });
}
// #endregion

function leave(client: Socket, how: string): void {
  selector.unregister(client);
  client.close();
  console.log(`a client ${how}`);
}
