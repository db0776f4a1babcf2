/**
 * A service that stores small uploads, and refuses large ones so that the refusal arrives.
 *
 *     node exercises/12-closing/2-refuse-upload.ts [port] [ms]
 *     deno run --allow-net=127.0.0.1 exercises/12-closing/2-refuse-upload.ts [port] [ms]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port. It does
 *   so, too, when it had that port a moment ago and was ended and started again.
 * - An upload is everything that a client sends up to its FIN, in however many chunks it comes, and
 *   however long it takes. It may have 65536 bytes. It is answered by the line `stored 65536`, with the
 *   number of its bytes, and LF; then the server ends, too. (There is nowhere to store it to: an
 *   upload may be forgotten.)
 * - With the first byte beyond that an upload is refused, at once, whether or not more of it comes:
 *   by the line `refused: more than 65536 bytes` and LF, once, and the server's FIN right behind.
 * - A client may well send everything before it reads anything. So behind its refusal the server goes
 *   on reading and throws away what comes, and the connection is over when the client has ended as
 *   well. A client that ends in time is not reset, whatever it has sent by then.
 * - In time is: within so many ms of the refusal as the program is given, 10000 when it is given none.
 *   After that the server lets go of the connection, whatever the client does.
 * - One client does not keep another waiting, and one that resets its connection, before or after it
 *   is refused, is no reason to stop. No socket of a connection that is over stays open.
 * - SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const lingerMs = Number(process.argv[3] ?? 10_000);

const limitBytes = 65_536;

// #region todo Count what a client sends; answer, or refuse and read on
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  // This listener stays: what nobody reads would make the kernel reset the connection when it is
  // closed, and keep a client that writes from ever coming to read.
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    if (bytes <= limitBytes || deadline) return;
    socket.end(`refused: more than ${limitBytes} bytes\n`);
    // Of the time since the refusal, not since the last byte: who sends one now and then, for ever,
    // would put the latter off, for ever.
    deadline = setTimeout(() => socket.destroy(), lingerMs);
  });
  socket.on("end", () => {
    if (!deadline) socket.end(`stored ${bytes}\n`);
  });
  socket.on("close", () => clearTimeout(deadline));
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
// #endregion
