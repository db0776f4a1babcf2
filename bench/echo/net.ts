/**
 * An echo server on `node:net`.
 *
 *     node bench/echo/net.ts [backlog]
 *     deno run --allow-net=127.0.0.1 bench/echo/net.ts [backlog]
 *
 * @module
 */
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";

const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("data", (bytes) => {
    if (!socket.write(bytes)) socket.pause();
  });
  socket.on("drain", () => socket.resume());
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
});

server.listen({ host: "127.0.0.1", port: 0, backlog: Number(process.argv[2] ?? 511) }, () => {
  console.log(`Listening on 127.0.0.1:${(server.address() as AddressInfo).port}`);
});
