/**
 * A price list that takes each chunk for a question: it works, until it does not.
 *
 * Lesson 7. A question is a name of five characters, an answer a price of five.
 *
 *     node examples/07-stream/price-per-chunk.ts [port]
 *     deno run --allow-net=127.0.0.1 examples/07-stream/price-per-chunk.ts [port]
 *
 * @module
 */
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const prices = new Map([["bread", "03.20"], ["salt ", "00.90"], ["tea  ", "02.50"]]);

// #region chunk
const server = createServer((socket) => {
  socket.on("data", (chunk) => {
    const text = chunk.toString("latin1");
    console.log(`${chunk.length} bytes came: ${JSON.stringify(text)}`);
    const name = text.slice(0, 5);
    socket.write(prices.get(name) ?? "??.??");
  });
  socket.on("error", () => {});
});
// #endregion

server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(`Cannot listen on 127.0.0.1:${port}: ${error.code}`);
  process.exitCode = 1;
});

server.listen(port, "127.0.0.1", () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
