/**
 * Wrong, own: iterates the socket, which is destroyed at the end of the loop with all that was still to be sent.
 *
 * Says: "only says that Ada sends no more"
 * Same as: wrong-M26-destroys-at-end.ts, since the loop destroys the socket as that answer does
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer(async (socket) => {
  try {
    for await (const chunk of socket) socket.write(chunk);
  } catch {
    // a reset
  }
});
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
