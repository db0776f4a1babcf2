/**
 * Right: stream/promises, whose rejection is the reset.
 *
 * Refused by a test that wants an error listener on the socket.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { pipeline } from "node:stream/promises";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer({ allowHalfOpen: true }, async (socket) => {
  await pipeline(socket, socket).catch(() => {});
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
