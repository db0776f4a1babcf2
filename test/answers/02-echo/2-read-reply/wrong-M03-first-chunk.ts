/**
 * Wrong, M03: takes the first chunk for the reply.
 *
 * Says: "the first piece alone"
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  const [chunk] = await once(socket, "data");
  socket.destroy();
  return chunk;
}
