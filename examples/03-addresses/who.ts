/**
 * A server that tells every client the four parts of its connection. It speaks enough HTTP for
 * curl and a browser.
 *
 * Lesson 3.
 *
 *     node examples/03-addresses/who.ts [port] [host]
 *     deno run --allow-net=127.0.0.1,[::1],0.0.0.0,[::] examples/03-addresses/who.ts [port] [host]
 *
 * @module
 */
import { type AddressInfo, createServer, isIPv6 } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const host = process.argv[3]; // undefined when it is left out

const server = createServer((socket) => {
  // #region four
  const there = endpoint(socket.remoteAddress, socket.remotePort);
  const here = endpoint(socket.localAddress, socket.localPort);
  // #endregion
  console.log(`A connection from ${there} to ${here}`);

  socket.on("error", () => {}); // a reset is that client's affair
  // curl sends its request first, so the answer is for whoever has said something.
  socket.once("data", () => {
    socket.end(`HTTP/1.0 200 OK\r\n\r\nYou are ${there}, and I am ${here}\n`);
  });
});

// #region listen
// Without a host the server is open to every network of the machine, by IPv4 and by IPv6.
server.listen(port, host, () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${endpoint(address, port)}`);
});
// #endregion

server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(`Cannot listen: ${error.message}`);
  process.exitCode = 1;
});

// #region brackets
/** An IPv6 address is full of colons: brackets show where the port begins (RFC 5952, section 6). */
function endpoint(address = "nowhere", port = 0): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
// #endregion
