/**
 * Asks a server questions, one a line, all of them at once, and prints the answers.
 *
 *     node test/peers/ask.ts port question...
 *     deno run --allow-net=127.0.0.1 test/peers/ask.ts port question...
 *
 * @module
 */
import { connect } from "node:net";
import process from "node:process";

const [port, ...questions] = process.argv.slice(2);

const socket = connect(Number(port), "127.0.0.1");
socket.end(questions.map((question) => `${question}\n`).join(""));
try {
  for await (const chunk of socket) process.stdout.write(chunk);
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  console.error(`No complete answer from 127.0.0.1:${port}: ${code}`);
  process.exitCode = 1;
}
