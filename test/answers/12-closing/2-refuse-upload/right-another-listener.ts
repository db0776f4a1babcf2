/**
 * Right: takes its listener away when it has refused, lets the socket flow without one, and has a signal that says when it is over.
 *
 * Refused by a test that wants one listener for everything, or a clean end at the limit instead of a reset.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const lingerMs = Number(process.argv[3] ?? 10_000);

const limitBytes = 65_536;

const server = net.createServer({ allowHalfOpen: true });
server.on("connection", (socket) => {
  let bytes = 0;
  const store = () => socket.end(`stored ${bytes}\n`);
  const take = (chunk: Uint8Array) => {
    bytes += chunk.length;
    if (bytes > limitBytes) refuse();
  };
  const refuse = () => {
    socket.off("data", take).off("end", store).resume();
    socket.write("refused: ");
    socket.end(`more than ${limitBytes} bytes\n`);
    AbortSignal.timeout(lingerMs).addEventListener("abort", () => socket.resetAndDestroy());
  };
  socket.on("data", take).on("end", store).on("error", () => socket.destroy());
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
