/**
 * Leaves a loop over a socket, once as it is and once with the socket kept.
 *
 * Lesson 6.
 *
 *     node examples/06-events/for-await.ts
 *     deno run --allow-net=127.0.0.1 examples/06-events/for-await.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Sends "ready", and then back what it gets. */
const server = createServer((socket) => {
  socket.on("error", (error: NodeJS.ErrnoException) => console.log(`server: ${error.code}`));
  socket.write("ready");
  socket.pipe(socket);
}).listen(0, "127.0.0.1");
await once(server, "listening");

console.log("for await (const chunk of socket), then break");
{
  const socket = await call();
  // #region leaves
  for await (const chunk of socket) {
    console.log(`  ${chunk}`);
    break;
  }
  console.log(`  the socket is ${socket.destroyed ? "destroyed" : "open"}`);
  // #endregion
}

console.log("the same with destroyOnReturn: false");
{
  const socket = await call();
  // #region keeps
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    console.log(`  ${chunk}`);
    break;
  }
  console.log(`  the socket is ${socket.destroyed ? "destroyed" : "open"}`);
  socket.end("and on it goes");
  for await (const chunk of socket) console.log(`  ${chunk}`);
  // #endregion
}
server.close();

async function call(): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}
