/**
 * Wrong, M25: does not read, and takes whoever cannot be written to for gone.
 *
 * Says: "Bob waited in vain"
 * Says: "(Ada has sent FIN)"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const present = new Map<number, net.Socket>();
let lastNumber = 0;

function tellAll(line: string): void {
  for (const [number, socket] of present) {
    socket.write(`${line}\n`, (error) => {
      if (error && present.delete(number)) tellAll(`left ${number}`);
    });
  }
}

const server = net.createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.set(number, socket);
  socket.write(`hello ${number} ${present.size}\n`);
  socket.on("error", () => {});
});

server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
