/**
 * A client sends its FIN and closes. What a server is told that writes to it, three times.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/three-writes.ts
 *     deno run --allow-net=127.0.0.1 examples/12-closing/three-writes.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

const accepted = Promise.withResolvers<Socket>();
const server = createServer({ allowHalfOpen: true }, accepted.resolve).listen(0, "127.0.0.1");
await once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
const socket = await accepted.promise;
socket.resume();
const errors: (string | undefined)[] = [];
socket.on("error", (error: NodeJS.ErrnoException) => errors.push(error.code));

client.destroy(); // both directions: FIN, and nobody there who reads
await once(socket, "end");
console.log('"end": the client sends no more');

// #region writes
for (const which of ["first", "second", "third"]) {
  const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
    socket.write("Are you there?", resolve);
  });
  console.log(`${which} write: ${error?.code ?? "ok"}`);
}
// #endregion
console.log(`"error" was emitted for: ${errors.join(", ")}`);
server.close();
