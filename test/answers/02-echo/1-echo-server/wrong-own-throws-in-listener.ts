/**
 * Wrong, own: throws in its connection listener, which Deno 2.9 would hide.
 *
 * Says: "while it served"
 * Says: "reading 'greeting'"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const names = new Map<string, { greeting: string }>();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  console.log(names.get(`${socket.remotePort}`)!.greeting);
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
