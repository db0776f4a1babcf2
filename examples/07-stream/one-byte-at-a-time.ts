/**
 * A server that keeps what is left over, and a client that sends one byte at a time, then a lot.
 *
 * Lesson 7. Each line is a chunk: what came, which questions it completes, and what has to wait.
 *
 *     node examples/07-stream/one-byte-at-a-time.ts
 *     deno run --allow-net=127.0.0.1 examples/07-stream/one-byte-at-a-time.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

/** What the client sends: each piece when the one before has been read. */
const pieces = [..."bread", "salt tea  br", "ead", "te"];

function show(came: string, questions: string[], kept: string): void {
  const whole = questions.map((question) => JSON.stringify(question)).join(" ") || "-";
  console.log(`${came.padEnd(14)} ${whole.padEnd(15)} ${JSON.stringify(kept)}`);
}

const server = createServer((socket) => {
  server.close();
  // #region leftover
  let kept = "";
  socket.setEncoding("latin1"); // one character for each byte
  socket.on("data", (text: string) => {
    const questions: string[] = [];
    kept += text;
    while (kept.length >= 5) {
      questions.push(kept.slice(0, 5));
      kept = kept.slice(5);
    }
    show(JSON.stringify(text), questions, kept);
    sendNext();
  });
  socket.on("end", () => {
    if (kept !== "") console.log(`The client ended in the middle of a question: "${kept}"`);
  });
  // #endregion
  socket.on("error", () => {});
});

server.listen(0, "127.0.0.1");
await once(server, "listening");
const client = connect((server.address() as AddressInfo).port, "127.0.0.1");
client.resume();

function sendNext(): void {
  const piece = pieces.shift();
  if (piece === undefined) client.end();
  else client.write(piece);
}

console.log("chunk          questions       kept");
sendNext();
