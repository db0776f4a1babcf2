/**
 * Adds up the numbers that a client sends, once it has sent the last one.
 *
 * Lesson 12.
 *
 *     node examples/12-closing/sum-server.ts [port] [host] [by-default]
 *     deno run --allow-net=127.0.0.1 examples/12-closing/sum-server.ts [port] [host] [by-default]
 *
 * With `by-default` it leaves the option allowHalfOpen alone.
 *
 * @module
 */
import { createServer } from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const [port = "65432", host = "127.0.0.1", how] = process.argv.slice(2);
const allowHalfOpen = how !== "by-default";

// #region serve
const server = createServer({ allowHalfOpen }, (socket) => {
  const client = `${socket.remoteAddress}:${socket.remotePort}`;
  let text = "";
  socket.setEncoding("latin1");
  socket.on("data", (piece) => text += piece);
  socket.on("end", async () => {
    console.log(`${client} sent ${text.length} bytes, then its FIN`);
    const sum = await add(text);
    console.log(`The sum is ${sum}, and our direction is ${socket.writable ? "open" : "closed"}`);
    socket.end(`${sum}\n`);
  });
  socket.on("error", (error) => console.log(`${client}: ${error.message}`));
});
// #endregion

server.listen(Number(port), host, () => {
  const at = server.address();
  if (typeof at === "object") console.log(`Listening on ${at?.address}:${at?.port}`);
});

/** As with everything that is worth asking for, the answer takes a moment. */
async function add(text: string): Promise<number> {
  await setTimeout(50);
  return text.split(" ").reduce((sum, word) => sum + Number(word), 0);
}
