/**
 * Right: waits for close and asks whether there was an error.
 *
 * Refused by a test that wants the promise to settle at FIN, before the socket is closed.
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
  const socket = net.createConnection({ host: "127.0.0.1", port }, () => {
    socket.write(request);
    socket.end();
  });
  socket.on("data", (chunk) => chunks.push(Uint8Array.from(chunk)));
  socket.on("error", reject);
  socket.on("close", (hadError) => {
    if (!hadError) resolve(join(chunks));
  });
  return await promise;
}

function join(chunks: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  chunks.reduce((at, chunk) => (all.set(chunk, at), at + chunk.length), 0);
  return all;
}
