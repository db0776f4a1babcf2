/**
 * Wrong, M21: keeps what is still to be sent in one queue, which goes to whoever has room.
 *
 * Says: "Bob received bytes that Ada had sent"
 * Same as: wrong-M21-one-client-for-all.ts, which shows without any backlog
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const pending: Uint8Array[] = [];

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let ended = false;
  const flush = () => {
    while (pending.length > 0 && !socket.writableNeedDrain) socket.write(pending.shift()!);
    if (ended && pending.length === 0) socket.end();
  };
  socket.on("data", (chunk) => {
    pending.push(chunk);
    flush();
  });
  socket.on("drain", flush);
  socket.on("end", () => {
    ended = true;
    flush();
  });
  socket.on("error", () => {});
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
