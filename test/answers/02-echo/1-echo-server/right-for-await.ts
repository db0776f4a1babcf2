/**
 * Right: an async iterator with backpressure by hand.
 *
 * Refused by a test that wants one write for each chunk at once, or listens for no drain.
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer({ allowHalfOpen: true }, async (socket) => {
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      if (!socket.write(chunk)) await once(socket, "drain");
    }
    socket.end();
  } catch {
    socket.destroy();
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
