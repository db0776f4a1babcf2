/**
 * An echo server that says which of its functions is called, and when.
 *
 * Lesson 6.
 *
 *     node examples/06-events/events.ts [port]
 *     deno run --allow-net=127.0.0.1 examples/06-events/events.ts [port]
 *
 * @module
 */
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// #region server
const server = createServer((socket) => {
  console.log("connection");
  socket.on("data", (bytes) => {
    console.log(`data, ${bytes.length} bytes`);
    socket.write(bytes, () => console.log("written"));
    console.log("data, at the end of its listener");
  });
  for (const event of ["end", "finish", "close"]) socket.on(event, () => console.log(event));
  socket.on("error", (error) => console.log(`error, ${error.message}`));
});

server.listen(port, "127.0.0.1", () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});

console.log("The last line of the program has run");
// #endregion
