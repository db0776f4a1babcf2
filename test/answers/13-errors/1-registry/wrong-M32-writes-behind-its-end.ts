/**
 * Wrong, M32: ends its half, and then tells all who are there, the one that it has just ended among them.
 *
 * Says: "write after end"
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

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.set(number, socket);
  socket.write(`hello ${number} ${present.size}\n`);
  const leave = () => {
    if (!present.has(number)) return;
    tellAll(`left ${number}`);
    present.delete(number);
  };
  socket.on("end", () => {
    socket.end();
    leave();
  });
  socket.on("close", leave);
  socket.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "ECONNRESET") throw error;
  });
  socket.resume();
});

server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
