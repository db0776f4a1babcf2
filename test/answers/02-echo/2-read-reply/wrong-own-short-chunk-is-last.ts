/**
 * Wrong, own: takes a chunk that is not full for the last one.
 *
 * Says: "the first piece alone"
 * Same as: wrong-M03-first-chunk.ts, the first chunk of the reply is not full
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  const chunks: Uint8Array[] = [];
  for await (const chunk of socket) {
    chunks.push(chunk);
    if (chunk.length < 65_536) break;
  }
  return Buffer.concat(chunks);
}
