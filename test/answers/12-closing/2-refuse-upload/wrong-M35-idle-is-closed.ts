/**
 * Wrong, M35: sets the socket's idle time-out, and expects that it closes the socket.
 *
 * Says: "it has not closed"
 * Same as: wrong-M31-expects-a-write-to-fail.ts, since nobody closes the socket both times
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const lingerMs = Number(process.argv[3] ?? 10_000);

const limitBytes = 65_536;

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0;
  let isRefused = false;
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    if (bytes <= limitBytes || isRefused) return;
    isRefused = true;
    socket.end(`refused: more than ${limitBytes} bytes\n`);
    socket.setTimeout(lingerMs);
  });
  socket.on("end", () => {
    if (!isRefused) socket.end(`stored ${bytes}\n`);
  });
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
