/**
 * Wrong, M48: asks for its address before it listens, when there is none yet.
 *
 * Says: "before it said where it listens"
 * Says: "reading 'port'"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("data", (chunk) => socket.write(chunk));
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1");
const address = server.address() as net.AddressInfo;
console.log(`Listening on 127.0.0.1:${address.port}`);
