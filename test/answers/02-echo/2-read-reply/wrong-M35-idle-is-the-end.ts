/**
 * Wrong, M35: takes an idle socket for the end of the reply.
 *
 * Says: "gave 17 of 23 bytes, those that had come when the server paused"
 *
 * @module
 */
import { connect } from "node:net";

export function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const chunks: Uint8Array[] = [];
  const socket = connect(port, "127.0.0.1");
  socket.on("error", reject);
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("end", () => resolve(Buffer.concat(chunks)));
  socket.setTimeout(400, () => {
    socket.destroy();
    resolve(Buffer.concat(chunks));
  });
  socket.end(request);
  return promise;
}
