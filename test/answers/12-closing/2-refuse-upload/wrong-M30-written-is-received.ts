/**
 * Wrong, M30: destroys the socket when the refusal is written and the FIN is out: so the client has them.
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
    if (bytes <= limitBytes || isRefused) return;
    isRefused = true;
    socket.end(`refused: more than ${limitBytes} bytes\n`, () => socket.destroy());
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
