/**
 * Wrong, M21: collects the chunks of every call in one list.
 *
 * Says: "bytes of an earlier call before its own"
 *
 * @module
 */
import net from "node:net";

const chunks: Uint8Array[] = [];

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}
