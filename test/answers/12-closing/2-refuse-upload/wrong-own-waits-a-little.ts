/**
 * Wrong, own: reads on for 100 ms, whatever it was told: time enough on a good day.
 *
 * Says: "It reset the connection (RST)"
 * Same as: wrong-M28-destroys-right-away.ts, since a client sees a reset both times
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
    setTimeout(() => socket.destroy(), Math.min(100, lingerMs));
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
