/**
 * A server that tells, at its client's FIN, in how many chunks and of which sizes the bytes came.
 *
 *     node test/repo/counting-server.ts [port]
 *     deno run --allow-net=127.0.0.1 test/repo/counting-server.ts [port]
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const sizes: number[] = [];
  socket.on("data", (chunk) => sizes.push(chunk.length));
  socket.on("end", () => socket.end(`${sizes.length} chunks, ${Math.max(...sizes)} at most`));
});
server.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
  console.log(`Listening on 127.0.0.1:${(server.address() as net.AddressInfo).port}`);
});
