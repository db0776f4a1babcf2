/**
 * Tells every client who it is, as seen from here: both ends of the connection.
 *
 * Lesson 1.
 *
 *     node examples/01-tcp/whoami-server.ts [port] [address]
 *     deno run --allow-net=127.0.0.1 examples/01-tcp/whoami-server.ts [port] [address]
 *
 * @module
 */
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const address = process.argv[3] ?? "127.0.0.1";

// A client may say that it has no more to send before it has its answer, so its end is not ours.
const server = createServer({ allowHalfOpen: true }, (socket) => {
  const client = `${socket.remoteAddress}:${socket.remotePort}`;
  const here = `${socket.localAddress}:${socket.localPort}`;
  let question = "";
  socket.setEncoding("utf8");
  socket.on("data", (text) => question += text);
  socket.on("end", () => {
    console.log(`${client} asked: ${question.trim()}`);
    socket.end(`You are ${client}, and I am ${here}.\n`);
  });
  socket.on("error", (error) => console.log(`${client} failed: ${error.message}`));
});

server.listen(port, address, () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
server.on("error", (error) => {
  console.error(`Cannot listen on ${address}:${port}: ${error.message}`);
  process.exitCode = 1;
});
