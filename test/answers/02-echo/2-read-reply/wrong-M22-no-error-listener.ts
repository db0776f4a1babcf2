/**
 * Wrong, M22: listens for data and end, and for no error.
 *
 * Says: "where no caller could catch it"
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  const chunks: Uint8Array[] = [];
  return await new Promise((resolve) => {
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => resolve(Buffer.concat(chunks)));
  });
}
