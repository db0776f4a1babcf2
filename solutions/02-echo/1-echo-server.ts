/**
 * An echo service: every byte that a client sends comes back to it.
 *
 *     node exercises/02-echo/1-echo-server.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/02-echo/1-echo-server.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0.
 * - Once it listens, it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - It sends back every byte as it came, to several clients at once, for as long as they like.
 * - When a client has half-closed, it sends what it still owes that client and then ends, too.
 * - A client that resets its connection is no reason to stop.
 * - When the port is taken, it says so in one line and ends with an exit code other than 0.
 * - SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// #region todo Listen on 127.0.0.1, and send every client's bytes back to it
// Without allowHalfOpen, node:net would end this side by itself when the client has ended. For an
// echo that would do, too: end() sends what was written before it. Here it is said in so many words.
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("data", (chunk) => {
    if (socket.write(chunk)) return;
    // More waits to be sent than is good for the memory: a client that never reads shall stop
    // sending, too. socket.pipe(socket) would do all of this.
    socket.pause();
    socket.once("drain", () => socket.resume());
  });
  socket.on("end", () => socket.end());
  // A reset is this client's affair. Without a listener it would be the end of the process.
  socket.on("error", () => {});
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
// The port is known only now: before `listening`, address() is null.
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
// #endregion
