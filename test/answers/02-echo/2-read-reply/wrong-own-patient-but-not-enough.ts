/**
 * Wrong, own: takes half a minute without bytes for the end.
 *
 * Says: "when the server paused"
 * Same as: wrong-M35-idle-is-the-end.ts, which tells quiet by another timer
 *
 * @module
 */
import net from "node:net";

export async function requestReply(port: number, request: Uint8Array): Promise<Uint8Array> {
  const socket = net.connect(port, "127.0.0.1");
  socket.end(request);
  const chunks: Uint8Array[] = [];
  return await new Promise((resolve, reject) => {
    let quiet: ReturnType<typeof setTimeout> | undefined;
    const done = () => {
      socket.destroy();
      resolve(Buffer.concat(chunks));
    };
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      clearTimeout(quiet);
      quiet = setTimeout(done, 30_000);
    });
    socket.on("end", done);
  });
}
