/**
 * A service that counts the words of a text: a client sends the text, ends, and gets the answer.
 *
 *     node exercises/12-closing/1-count-words.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/12-closing/1-count-words.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - A text is everything that a client sends up to its FIN, in however many chunks it comes, and
 *   however long the client is silent in between. It may be empty, and it may be of several mebibytes.
 * - It is answered by one line, when it has ended and not before: the number of its words, a space,
 *   the number of its bytes, and LF. For `naïve €` that is `2 10`. The function below counts, and takes
 *   its time. Behind the line the server ends, too, and keeps nothing of the connection.
 * - Several clients may send and wait at the same time.
 * - A client that resets its connection, while it sends or while it waits, is no reason to stop, and
 *   leaves nothing behind.
 * - SIGTERM ends it.
 *
 * @module
 */
// #region cut
import { Buffer } from "node:buffer";
// #endregion
import net from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const port = Number(process.argv[2] ?? 65432);

/** Counts a whole text, as a service with other things to do would: the answer comes after 30 ms. */
async function count(text: Uint8Array): Promise<{ words: number; bytes: number }> {
  const isSpace = (byte: number | undefined) =>
    byte === undefined || " \t\r\n".includes(char(byte));
  const words = text.filter((byte, i) => !isSpace(byte) && isSpace(text[i - 1])).length;
  await setTimeout(30);
  return { words, bytes: text.length };
}

function char(byte: number): string {
  return String.fromCharCode(byte);
}

// #region todo Collect a client's text up to its end, count, answer, and end
// The client's FIN says that the text is whole. By default node:net would answer it with a FIN of
// ours at once, and the counting is not done by then.
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const chunks: Uint8Array[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("end", async () => {
    // Joined once: a word may begin in one chunk and end in the next.
    const { words, bytes } = await count(Buffer.concat(chunks));
    socket.end(`${words} ${bytes}\n`);
  });
  // A reset is this client's affair. node:net destroys the socket by itself.
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
// #endregion
