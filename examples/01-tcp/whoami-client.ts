/**
 * Asks a server who we are, and says what we know of it ourselves.
 *
 * Lesson 1.
 *
 *     node examples/01-tcp/whoami-client.ts [port] [address]
 *     deno run --allow-net=127.0.0.1 examples/01-tcp/whoami-client.ts [port] [address]
 *
 * @module
 */
import { once } from "node:events";
import { connect } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const address = process.argv[3] ?? "127.0.0.1";

const socket = connect(port, address);
try {
  await once(socket, "connect");
  console.log(`I am ${socket.localAddress}:${socket.localPort}`);

  // The question, and behind it the word that nothing more will come.
  socket.end("Who am I?\n");

  let answer = "";
  socket.setEncoding("utf8");
  for await (const text of socket) answer += text;
  console.log(`The server says: ${answer.trim()}`);
} catch (error) {
  console.error(`No answer from ${address}:${port}: ${(error as Error).message}`);
  process.exitCode = 1;
}
