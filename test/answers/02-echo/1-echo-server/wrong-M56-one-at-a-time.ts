/**
 * Wrong, M56: serves its clients one after another.
 *
 * Says: "while Ada was connected"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

let turn = Promise.resolve();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  turn = turn.then(async () => {
    for await (const chunk of socket) socket.write(chunk);
    socket.end();
  }).catch(() => {});
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
