/**
 * In how many chunks, and of which sizes, one write of 1 MiB arrives.
 *
 * Lesson 7. Without arguments it is both sides, and tells of one write. `receive` and `send` are
 * one side each, in processes of their own: the receiver prints the sizes of each write's chunks in
 * a line, the sender writes once on each of so many connections, one after the other.
 *
 *     node examples/07-stream/chunk-sizes.ts [side] [port] [writes]
 *     deno run --allow-net=127.0.0.1 examples/07-stream/chunk-sizes.ts [side] [port] [writes]
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import process from "node:process";

const [side = "both", port = "0", writes = "1"] = process.argv.slice(2);
const mebibyte = 1 << 20;

/** Makes one write, on a connection of its own. */
async function send(port: number): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.end(new Uint8Array(mebibyte));
  socket.resume();
  await once(socket, "close");
}

// #region receive
/** Tells the sizes of the chunks of each connection, when that has ended. */
async function receive(port: number, tell: (sizes: number[]) => void): Promise<number> {
  const server = createServer((socket) => {
    const sizes: number[] = [];
    socket.on("data", (chunk) => sizes.push(chunk.length));
    socket.on("end", () => tell(sizes));
    socket.on("error", () => {});
    if (side === "both") server.close();
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
// #endregion

if (side === "both") {
  await send(
    await receive(0, (sizes) => {
      const sum = sizes.reduce((sum, size) => sum + size, 0);
      console.log(`One write of ${mebibyte} bytes, ${sizes.length > 1 ? "several chunks" : "one"}`);
      console.log(`The largest chunk has ${Math.max(...sizes)} bytes, all together ${sum}`);
    }),
  );
} else if (side === "receive") {
  const listensOn = await receive(Number(port), (sizes) => console.log(sizes.join(" ")));
  console.log(`Listening on 127.0.0.1:${listensOn}`);
} else {
  for (let k = 0; k < Number(writes); k++) await send(Number(port));
}
