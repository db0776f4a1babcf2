/**
 * Wrong, own: takes a client out of its list twice behind a reset. The second time it is not there, its index
 * is -1, and splice() takes the last one of the others.
 *
 * Says: "Cleo waited in vain"
 * Says: "Ada has sent RST"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const present: net.Socket[] = [];
let lastNumber = 0;

function tellAll(line: string): void {
  for (const socket of present) socket.write(`${line}\n`);
}

const server = net.createServer((socket) => {
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.push(socket);
  socket.write(`hello ${number} ${present.length}\n`);
  const remove = () => void present.splice(present.indexOf(socket), 1);
  socket.on("error", remove);
  socket.on("close", () => {
    remove();
    tellAll(`left ${number}`);
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
