/**
 * Wrong, M31: sets no limit, since the write of the refusal would fail if the client were not there any more.
 *
 * Says: "it has not closed"
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
    socket.end(`refused: more than ${limitBytes} bytes\n`, (error?: Error | null) => {
      if (error) socket.destroy();
    });
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
