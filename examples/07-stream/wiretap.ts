/**
 * A wiretap: stands between a client and a server, passes everything on, and shows what passes.
 *
 * Lesson 7. The third word says where a message ends: `line` at a line feed, a number after so many
 * bytes, `u16` or `u32` after as many bytes as an integer of 2 or 4 bytes before them tells. A bar
 * is drawn there. Without it no ends are drawn: TCP itself knows of none.
 *
 *     node examples/07-stream/wiretap.ts 65433 65432 line
 *     deno run --allow-net=127.0.0.1 examples/07-stream/wiretap.ts 65433 65432 line
 *
 * @module
 */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import process from "node:process";

const [listenPort = "65433", targetPort = "65432", ends = ""] = process.argv.slice(2);
const host = "127.0.0.1";

/** The most bytes that are shown of a chunk, and how many in a line. */
const mostShown = 256;
const inALine = 16;

// #region ends
/** Finds the ends of messages in one direction: what a chunk begins may go on in the next. */
function endFinder(): (byte: number) => boolean {
  if (ends === "line") return (byte) => byte === 0x0a;
  const prefix = { u16: 2, u32: 4 }[ends] ?? 0;
  const fixed = prefix > 0 ? 0 : Number(ends);
  let [seen, length] = [0, 0];
  return (byte) => {
    seen++;
    if (seen <= prefix) length = length * 256 + byte;
    const complete = seen >= prefix && seen === prefix + (prefix > 0 ? length : fixed);
    if (complete) [seen, length] = [0, 0];
    return complete;
  };
}
// #endregion

/** Hex over characters, 16 bytes a line, a bar after the last byte of each message. */
function* linesOf(chunk: Uint8Array, isEnd: (byte: number) => boolean): Iterable<string> {
  const ended = Array.from(chunk, (byte) => isEnd(byte));
  for (let at = 0; at < Math.min(chunk.length, mostShown); at += inALine) {
    const row = [...chunk.subarray(at, at + inALine)];
    const draw = (show: (byte: number) => string) =>
      row.map((byte, i) => show(byte) + (ended[at + i] ? "|" : " ")).join("").trimEnd();
    yield draw((byte) => byte.toString(16).padStart(2, "0"));
    yield draw((byte) => byte >= 0x20 && byte < 0x7f ? ` ${String.fromCharCode(byte)}` : " .");
  }
  if (chunk.length > mostShown) yield `and ${chunk.length - mostShown} bytes more`;
}

let connections = 0;
let begun = 0;

function tell(what: string, lines: Iterable<string> = []): void {
  console.log(`${(performance.now() - begun).toFixed(1).padStart(8)} ms  ${what}`);
  for (const line of lines) console.log(`               ${line}`);
}

// #region pass
/** Passes on what comes: bytes as bytes, the end as an end, a reset as a reset. */
function pass(from: Socket, to: Socket, direction: string): void {
  const isEnd = endFinder();
  from.on("data", (chunk) => {
    tell(`${direction} ${chunk.length} bytes`, linesOf(chunk, isEnd));
    // Who reads slowly on one side must slow down who writes on the other.
    if (!to.write(chunk)) from.pause();
  });
  to.on("drain", () => from.resume());
  from.on("end", () => {
    tell(`${direction} FIN`);
    to.end();
  });
  from.on("error", (error: NodeJS.ErrnoException) => {
    tell(`${direction} ${error.code === "ECONNRESET" ? "RST" : error.message}`);
    to.resetAndDestroy();
  });
}
// #endregion

const server = createServer({ allowHalfOpen: true }, (client) => {
  const number = ++connections;
  if (number === 1) begun = performance.now();
  const target = connect({ port: Number(targetPort), host, allowHalfOpen: true });
  tell(`${number}    connected`);
  pass(client, target, `${number} ->`);
  pass(target, client, `${number} <-`);
});

server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(`Cannot listen on ${host}:${listenPort}: ${error.code}`);
  process.exitCode = 1;
});

server.listen(Number(listenPort), host, () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
