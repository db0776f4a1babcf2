/**
 * Wrong, own: takes an error of a connection for one of the server: nobody is let in any more.
 *
 * Says: "It ended (FIN) after 0 of 1 line"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const present = new Map<number, net.Socket>();
let lastNumber = 0;
let fault: Error | undefined;

function tellAll(line: string): void {
  for (const socket of present.values()) socket.write(`${line}\n`);
}

const server = net.createServer((socket) => {
  if (fault) {
    socket.destroy();
    return;
  }
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.set(number, socket);
  socket.write(`hello ${number} ${present.size}\n`);
  const leave = () => {
    if (present.delete(number)) tellAll(`left ${number}`);
  };
  socket.on("end", leave);
  socket.on("close", leave);
  socket.on("error", (error) => {
    fault = error;
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
