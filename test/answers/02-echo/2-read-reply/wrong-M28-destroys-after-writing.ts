/**
 * Wrong, M28: closes the connection for good when the request is written.
 *
 * Says: "requestReply() failed: Error"
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  const chunks: Uint8Array[] = [];
  socket.write(request, () => socket.destroy());
  for await (const chunk of socket) chunks.push(chunk);
  return Buffer.concat(chunks);
}
