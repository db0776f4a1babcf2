/**
 * Wrong, M06: collects text and makes bytes of it again.
 *
 * Says: "other bytes than were sent, from offset 0"
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1").setEncoding("utf8");
  socket.end(request);
  let text = "";
  for await (const chunk of socket) text += chunk;
  return new TextEncoder().encode(text);
}
