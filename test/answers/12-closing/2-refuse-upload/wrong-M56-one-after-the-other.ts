/**
 * Wrong, M56: serves one client after the other, each up to its end.
 *
 * Says: "sent nothing within"
 * Says: "Ada's upload is not his"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const lingerMs = Number(process.argv[3] ?? 10_000);

const limitBytes = 65_536;

let before = Promise.resolve();
const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
  socket.on("error", () => {});
  const mine = before;
  before = new Promise((resolve) => socket.on("close", () => resolve()));
  void mine.then(() => serve(socket));
});

function serve(socket: net.Socket): void {
  let bytes = 0;
  let isRefused = false;
  socket.on("data", (chunk) => {
    bytes += chunk.length;
    if (bytes <= limitBytes || isRefused) return;
    isRefused = true;
    socket.end(`refused: more than ${limitBytes} bytes\n`);
    const deadline = setTimeout(() => socket.destroy(), lingerMs);
    socket.on("close", () => clearTimeout(deadline));
  });
  socket.on("end", () => {
    if (!isRefused) socket.end(`stored ${bytes}\n`);
  });
  socket.resume();
}
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
