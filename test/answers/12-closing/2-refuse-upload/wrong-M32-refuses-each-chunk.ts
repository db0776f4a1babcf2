/**
 * Wrong, M32: refuses each chunk that comes, behind its own end: that is an error, and destroys the socket.
 *
 * Says: "It reset the connection (RST)"
 * Same as: wrong-M28-destroys-right-away.ts, since a client sees a reset both times
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const limitBytes = 65_536;

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0;
  let isRefused = false;
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    if (bytes <= limitBytes) return;
    socket.end(`refused: more than ${limitBytes} bytes\n`);
    isRefused = true;
  });
  socket.on("end", () => {
    if (!isRefused) socket.end(`stored ${bytes}\n`);
  });
  socket.on("error", () => {});
  const deadline = setTimeout(() => isRefused && socket.destroy(), 60_000);
  socket.on("close", () => clearTimeout(deadline));
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
