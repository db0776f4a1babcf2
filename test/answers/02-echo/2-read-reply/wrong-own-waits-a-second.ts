/**
 * Wrong, own: waits one second for the reply, however long it takes.
 *
 * Says: "gave 17 of 23 bytes, those that had come when the server paused"
 * Runtime: node
 * Same as: wrong-M35-idle-is-the-end.ts, which tells quiet by another timer
 *
 * On Deno the tests' clock does not reach node:timers/promises.
 *
 * @module
 */
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout } from "node:timers/promises";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Uint8Array[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.end(request);
  await Promise.race([once(socket, "end"), setTimeout(1000)]);
  socket.destroy();
  return Buffer.concat(chunks);
}
