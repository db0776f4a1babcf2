/**
 * Right: a loop over each socket, with a finally for every way out of it.
 *
 * Refused by a test that wants listeners.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const present = new Map<number, net.Socket>();
let lastNumber = 0;

function tellAll(line: string): void {
  for (const socket of present.values()) socket.write(`${line}\n`);
}

async function serve(socket: net.Socket): Promise<void> {
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.set(number, socket);
  socket.write(`hello ${number} ${present.size}\n`);
  try {
    for await (const _chunk of socket);
  } finally {
    present.delete(number);
    tellAll(`left ${number}`);
  }
}

const server = net.createServer((socket) => {
  socket.on("error", () => {});
  serve(socket).catch(() => {});
});

server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
