/**
 * Wrong, own: ends the connection after its first answer, as if it spoke HTTP/1.0.
 *
 * Says: "after 0 of 12 bytes"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("data", (chunk) => socket.end(chunk));
  socket.on("error", () => {});
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
