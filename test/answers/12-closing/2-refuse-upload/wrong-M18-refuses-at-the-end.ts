/**
 * Wrong, M18: reads up to the client's end, and only then says that it was too much.
 *
 * Says: "sent nothing within"
 * Same as: wrong-M01-measures-each-chunk.ts, since neither says anything while Ada waits
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const limitBytes = 65_536;

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = 0;
  socket.on("data", (chunk) => bytes += chunk.length);
  socket.on("end", () => {
    socket.end(
      bytes > limitBytes ? `refused: more than ${limitBytes} bytes\n` : `stored ${bytes}\n`,
    );
  });
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
