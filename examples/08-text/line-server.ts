/**
 * A server for notes, talked to in lines: `PUT text` keeps a note, `GET number` gives it back.
 *
 * Lesson 8.
 *
 *     node examples/08-text/line-server.ts [port]
 *     deno run --allow-net=127.0.0.1 examples/08-text/line-server.ts [port]
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { type AddressInfo, createServer } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

/** The most bytes of a line, so that nobody can make us keep more for him. */
const limitBytes = 1000;

const notes: string[] = [];

// #region answer
/** The answer to one line: one line, too, whatever the client has sent. */
function answer(line: string): string {
  const [verb, ...words] = line.split(" ");
  const text = words.join(" ");
  if (verb === "PUT") return `OK ${notes.push(text)}`;
  if (verb !== "GET") return "ERR there is PUT text and GET number";
  return /^[1-9]\d*$/.test(text) && Number(text) <= notes.length
    ? `OK ${notes[Number(text) - 1]}`
    : "ERR there is no such note";
}
// #endregion

const server = createServer({ allowHalfOpen: true }, (socket) => {
  let bytes = Buffer.alloc(0);
  let refused = false;

  // #region lines
  socket.on("data", (chunk) => {
    if (refused) return;
    bytes = Buffer.concat([bytes, chunk]);
    for (let end; (end = bytes.indexOf(0x0a)) >= 0 && end <= limitBytes;) {
      socket.write(`${respond(bytes.subarray(0, end))}\r\n`);
      bytes = bytes.subarray(end + 1); // the beginning of the next line, or all of it, or nothing
    }
    if (bytes.length <= limitBytes) return;
    refused = true;
    socket.end("ERR the line is too long\r\n");
  });
  // #endregion
  socket.on("end", () => socket.end());
  socket.on("error", () => {});
});

// #region text
const decoder = new TextDecoder("utf-8", { fatal: true });

/** The answer to the bytes before an LF. A CR that stands at their end is no part of the line. */
function respond(bytes: Uint8Array): string {
  let line: string;
  try {
    line = decoder.decode(bytes);
  } catch {
    return "ERR the line is no UTF-8";
  }
  return answer(line.replace(/\r$/, ""));
}
// #endregion

server.listen(port, "127.0.0.1", () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
