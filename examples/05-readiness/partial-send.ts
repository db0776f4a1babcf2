/**
 * Ten million bytes for a peer that does not read yet: what send() takes of them, and when more.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/partial-send.ts
 *     deno run --allow-ffi examples/05-readiness/partial-send.ts
 *
 * @module
 */
import { select } from "#berkeley/select.ts";
import { AF_INET, create_server, SOCK_STREAM, socket } from "#berkeley/socket.ts";

using listener = create_server(["127.0.0.1", 0]);
using client = socket(AF_INET, SOCK_STREAM);
client.connect(listener.getsockname());
client.setblocking(false);
const [peer] = listener.accept();
using _ = peer;

const all = new Uint8Array(10_000_000);
let sent = client.send(all);
console.log(`send() was given ${all.length} bytes and took ${sent}`);
console.log(`writable now: ${isWritable()}`);

let received = 0;
let sends = 1;
// #region rest
while (received < all.length) {
  if (sent < all.length && isWritable()) {
    sent += client.send(all.subarray(sent));
    sends++;
  }
  received += peer.recv(1_000_000).length; // the peer reads a little, and that makes room
}
// #endregion
console.log(`all ${received} bytes have arrived, by ${sends} calls of send()`);

/** Whether send() would take something now; 0 seconds are for a look without waiting. */
function isWritable(): boolean {
  const [, writable] = select([], [client], [], 0);
  return writable.length > 0;
}
