/**
 * Waits for bytes, but not for ever: the wait is called off, and the connection stays.
 *
 * Lesson 6.
 *
 *     node examples/06-events/cancel.ts
 *     deno run --allow-net=127.0.0.1 examples/06-events/cancel.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** Says nothing until it is asked. */
const server = createServer((socket) => {
  socket.once("data", () => socket.end("I was thinking"));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");

// #region cancel
try {
  await once(socket, "data", { signal: AbortSignal.timeout(100) });
} catch (error) {
  const { name, code } = error as NodeJS.ErrnoException;
  console.log(`${name}, code ${code}`);
}
console.log(`The socket is ${socket.destroyed ? "destroyed" : "open"}`);

socket.write("Are you there?");
const [answer] = await once(socket, "data");
console.log(`Received "${answer}"`);
// #endregion

server.close();
