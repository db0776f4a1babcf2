/**
 * A server whose client falls silent, and that has keepalive ask, or asks itself.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/sigstop.ts [port] [keepalive|ping]
 *     deno run --allow-net=127.0.0.1 examples/13-errors/sigstop.ts [port] [keepalive|ping]
 *
 * @module
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const asks = process.argv[3];

const server = createServer((socket) => {
  socket.on("data", () => console.log("data"));
  socket.on("error", (error: NodeJS.ErrnoException) => console.log(`error, ${error.code}`));
  socket.on("close", () => console.log("close"));
  if (asks === "ping") ping(socket);
  else socket.setKeepAlive(true, 1000); // the first probe after one second of silence
  watch(socket);
});

/** Says once a second that nothing has happened. */
function watch(socket: Socket): void {
  let silentSeconds = 0;
  const timer = setInterval(() => console.log(`${++silentSeconds} s, and no event`), 1000);
  socket.on("data", () => timer.refresh());
  socket.on("close", () => {
    clearInterval(timer);
    server.close();
  });
}

// #region ping
/** Asks every 200 ms, and gives up after 2.5 seconds without an answer. */
function ping(socket: Socket): void {
  let lastSeen = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - lastSeen < 2500) socket.write("ping\n");
    else socket.resetAndDestroy();
  }, 200);
  socket.on("data", () => lastSeen = performance.now());
  socket.on("close", () => clearInterval(timer));
}
// #endregion

server.listen(port, "127.0.0.1", () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
