/**
 * Wrong, M16: hands out a part of one buffer that the next call writes into.
 *
 * Says: "changed after it was handed out"
 *
 * @module
 */
import net from "node:net";

const buffer = new Uint8Array(4 << 20);

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  let length = 0;
  for await (const chunk of socket) {
    buffer.set(chunk, length);
    length += chunk.length;
  }
  return buffer.subarray(0, length);
}
