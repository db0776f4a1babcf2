/**
 * Right: leaves allowHalfOpen alone: its own end comes first where it refuses, and at once where it stores.
 *
 * Refused by a test that wants allowHalfOpen.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const lingerMs = Number(process.argv[3] ?? 10_000);

const limitBytes = 65_536;

const server = net.createServer((socket) => {
  let bytes = 0;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    if (bytes <= limitBytes || deadline) return;
    socket.end(`refused: more than ${limitBytes} bytes\n`);
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
