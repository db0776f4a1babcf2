/**
 * An echo of lines whose log says of each connection what somebody will want to know later.
 *
 * Lesson 18.
 *
 *     node examples/18-troubleshooting/conn-log.ts [port] [address]
 *     deno run --allow-net=127.0.0.1 examples/18-troubleshooting/conn-log.ts [port] [address]
 *
 * @module
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import process from "node:process";

const [port = "65432", host = "127.0.0.1"] = process.argv.slice(2);
let connections = 0;

// #region log
/** Logs how a connection begins and ends, with numbers that an ss or a capture has, too. */
function logConnection(socket: Socket): void {
  const begun = performance.now();
  // Noted now: after the close it is gone.
  const ends = `${socket.remoteAddress}:${socket.remotePort} to ` +
    `${socket.localAddress}:${socket.localPort}`;
  const id = ++connections;
  const log = (what: string) => {
    const ms = (performance.now() - begun).toFixed(1);
    console.log(
      `#${id} ${ms} ms ${what}, ${socket.bytesRead} bytes in, ${socket.bytesWritten} out`,
    );
  };
  console.log(`#${id} ${ends}`);
  socket.on("end", () => log("FIN came"));
  socket.on("error", (error: NodeJS.ErrnoException) => log(error.code ?? error.message));
  socket.on("close", () => log("closed"));
}
// #endregion

const server = createServer({ allowHalfOpen: true }, (socket) => {
  logConnection(socket);
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) socket.write(`${line}\n`);
  });
  socket.on("end", () => socket.end());
});
server.listen(Number(port), host, () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
