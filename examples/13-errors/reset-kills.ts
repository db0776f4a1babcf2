/**
 * An echo server that has, or has not, a listener for the error of a connection.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/reset-kills.ts [port] [listen]
 *     deno run --allow-net=127.0.0.1 examples/13-errors/reset-kills.ts [port] [listen]
 *
 * @module
 */
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const listens = process.argv[3] === "listen";

// #region server
const server = createServer((socket) => {
  socket.on("data", (bytes) => socket.write(bytes));
  socket.on("end", () => console.log("end"));
  socket.on("close", (hadError) => console.log(`close, hadError ${hadError}`));
  if (!listens) return;
  socket.on("error", ({ code, errno, syscall }: NodeJS.ErrnoException) => {
    console.log(`error, code ${code}, errno ${errno}, in ${syscall}()`);
  });
});
// #endregion

server.listen(port, "127.0.0.1", () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
