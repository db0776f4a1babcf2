/**
 * Wrong, M15: takes a reply without bytes for a failure.
 *
 * Says: "requestReply() failed: Error: No reply"
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  const chunks: Uint8Array[] = [];
  for await (const chunk of socket) chunks.push(chunk);
  if (chunks.length === 0) throw new Error("No reply");
  return Buffer.concat(chunks);
}
