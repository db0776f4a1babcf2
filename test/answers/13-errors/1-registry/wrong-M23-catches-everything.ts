/**
 * Wrong, M23: survives resets by a listener for uncaught exceptions, and a port that is taken just so.
 *
 * Says: "ended with exit code 0"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

process.on("uncaughtException", () => {});

const present = new Map<number, net.Socket>();
let lastNumber = 0;

function tellAll(line: string): void {
  for (const socket of present.values()) socket.write(`${line}\n`);
}

const server = net.createServer((socket) => {
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.set(number, socket);
  socket.write(`hello ${number} ${present.size}\n`);
  const leave = () => {
    if (present.delete(number)) tellAll(`left ${number}`);
  };
  socket.on("end", leave);
  socket.on("close", leave);
  socket.resume();
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
