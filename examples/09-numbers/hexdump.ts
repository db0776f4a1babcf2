/**
 * A hex dump of what clients send: sixteen bytes a row, each as two digits, and then as characters.
 *
 * Lesson 9.
 *
 *     node examples/09-numbers/hexdump.ts [port]
 *     deno run --allow-net=127.0.0.1 examples/09-numbers/hexdump.ts [port]
 *
 * @module
 */
import { type AddressInfo, createServer, type Socket } from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const inARow = 16;

/** One row: the offset of its first byte in hexadecimal, the bytes, their characters. */
function row(bytes: Uint8Array, offset: number): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f;
  const characters = Array.from(bytes, (it) => isPrintable(it) ? String.fromCharCode(it) : ".");
  return `${offset.toString(16).padStart(4, "0")}  ${hex.padEnd(47)}  ${characters.join("")}`;
}

async function dump(socket: Socket): Promise<void> {
  const client = `${socket.remoteAddress}:${socket.remotePort}`;
  console.log(`${client} connected`);
  let offset = 0;
  let rest = new Uint8Array();
  for await (const chunk of socket as AsyncIterable<Uint8Array>) {
    // Where one chunk ends and the next begins means nothing, so rows go on over it.
    rest = Uint8Array.from([...rest, ...chunk]);
    while (rest.length >= inARow) {
      console.log(row(rest.subarray(0, inARow), offset));
      rest = rest.subarray(inARow);
      offset += inARow;
    }
  }
  if (rest.length > 0) console.log(row(rest, offset));
  console.log(`${client} ended after ${offset + rest.length} bytes`);
}

const server = createServer((socket) => {
  dump(socket).catch((error) => console.log(`A client failed: ${error.code}`));
});

server.on("error", (error: NodeJS.ErrnoException) => {
  console.error(`Cannot listen on 127.0.0.1:${port}: ${error.code}`);
  process.exitCode = 1;
});

server.listen(port, "127.0.0.1", () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(`Listening on ${address}:${port}`);
});
