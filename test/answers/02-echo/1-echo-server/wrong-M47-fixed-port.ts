/**
 * Wrong, M47: listens on the port of the lesson whatever it is told.
 *
 * Says: "It was told to listen on port"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = 0; // stands for 65432, which a test must not take

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("data", (chunk) => socket.write(chunk));
  socket.on("end", () => socket.end());
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
