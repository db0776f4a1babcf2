/**
 * Wrong, M40: waits for the connection, and for nothing that can go wrong with it.
 *
 * Says: "did not fail within"
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.on("error", (error) => console.error(error.message));
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  socket.end(request);
  const chunks: Uint8Array[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}
