/**
 * A caller who finds the queue full, and what happens when there is room again.
 *
 * Lesson 11.
 *
 *     node examples/11-opening/room-later.ts
 *     deno run --allow-ffi examples/11-opening/room-later.ts
 *
 * @module
 */
import { select } from "#berkeley/select.ts";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";
import { tcp_info } from "#berkeley/tcp-info.ts";

using listener = socket(AF_INET, SOCK_STREAM);
listener.bind(["127.0.0.1", 0]);
// #region room
listener.listen(0);
using first = call();
using second = call();
show("Both have called:");

const [conn] = listener.accept(); // there is room for one again
show("One was accepted:");

const begun = performance.now();
select([], [second], [], 10); // waits until the second one is connected, or has failed
console.log(`Then ${Math.round(performance.now() - begun)} ms went by`);
show("There was an answer:");
// #endregion
conn.close();

/** Begins to connect, and waits for nothing. */
function call(): Socket {
  const client = socket(AF_INET, SOCK_STREAM);
  client.setblocking(false);
  client.connect_ex(listener.getsockname());
  return client;
}

function show(when: string): void {
  console.log(`${when.padEnd(21)}first ${tcp_info(first).state}, second ${tcp_info(second).state}`);
}
