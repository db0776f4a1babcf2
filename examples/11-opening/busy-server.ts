/**
 * A server that listens, and then has no time: it never accepts anybody.
 *
 * Lesson 11. Behind the port, an address and a backlog may be given. Its thread stands still for an
 * hour; Ctrl-C ends it.
 *
 *     node examples/11-opening/busy-server.ts [port]
 *     deno run --allow-net=127.0.0.0/8,[::1] examples/11-opening/busy-server.ts [port]
 *
 * @module
 */
import { type AddressInfo, createServer, isIPv6 } from "node:net";
import process from "node:process";

const [port = 65432, host = "127.0.0.1", backlog = 511] = process.argv.slice(2);

const server = createServer();
// #region listen
server.listen({ port: Number(port), host, backlog: Number(backlog) }, () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${isIPv6(address) ? `[${address}]` : address}:${port}`);
  // From here on no event is served: no "connection", no signal, nothing.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_600_000);
});
// #endregion
server.on("error", (error: NodeJS.ErrnoException) => {
  console.log(`Cannot listen, ${error.code}: ${error.message}`);
  process.exitCode = 1;
});
