/**
 * Right: a promise around the events.
 *
 * Refused by a test that wants the socket to be iterated.
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  const chunks: Uint8Array[] = [];
  return await new Promise((resolve, reject) => {
    socket.once("connect", () => socket.end(request));
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks)));
    socket.on("error", reject);
  });
}
