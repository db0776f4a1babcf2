/**
 * Right: tells at whichever of "end" and "error" comes first, and needs no "close".
 *
 * Refused by a test that counts on a listener for "close", or on numbers without gaps.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const present = new Set<net.Socket>();
let nextNumber = 1000;

function tellAll(line: string): void {
  for (const socket of present) socket.write(line);
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const number = nextNumber += 7;
  present.add(socket);
  socket.write(`hello ${number} ${present.size}\n`);
  for (const other of present) {
    if (other !== socket) other.write(`joined ${number}\n`);
  }
  const leave = () => {
    if (!present.delete(socket)) return;
    tellAll(`left ${number}\n`);
    socket.end();
  };
  socket.on("end", leave).on("error", leave).resume();
});

server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
