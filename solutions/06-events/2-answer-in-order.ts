/**
 * Say in a sentence what this service does.
 *
 *     node exercises/06-events/2-answer-in-order.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/06-events/2-answer-in-order.ts [port]
 *
 * - Say what it promises.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// #region todo Say what is to be written
const server = net.createServer((socket) => {
  socket.end("Hello\n");
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
// #endregion
