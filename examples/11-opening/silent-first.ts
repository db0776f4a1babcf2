/**
 * A name with two addresses, of which the first does not answer. How long does it take to get to
 * the second one?
 *
 * Lesson 11.
 *
 *     node examples/11-opening/silent-first.ts
 *     deno run --allow-ffi --allow-net=127.0.0.0/8,ada.test examples/11-opening/silent-first.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, isIP } from "node:net";
import { AF_INET, create_server, SOCK_STREAM, socket as berkeley } from "#berkeley/socket.ts";

// Ada's service is at 127.0.0.1, and at 127.0.0.2 somebody listens and answers nobody.
const server = createServer((socket) => socket.end()).listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
using listener = create_server(["127.0.0.2", port], { backlog: 0 });
using filler = berkeley(AF_INET, SOCK_STREAM);
filler.connect(listener.getsockname());

// #region connect
const begun = performance.now();
const socket = connect({
  host: "ada.test",
  port,
  // In place of a name server: all addresses of the name, in their order.
  lookup: (_name, _options, give) =>
    give(null, ["127.0.0.2", "127.0.0.1"].map((address) => ({ address, family: isIP(address) }))),
});
socket.on("connectionAttemptTimeout", (address) => console.log(`Nothing from ${address}`));
await once(socket, "connect");
console.log(
  `Connected to ${socket.remoteAddress} after ${Math.round(performance.now() - begun)} ms`,
);
// #endregion
socket.destroy();
server.close();
