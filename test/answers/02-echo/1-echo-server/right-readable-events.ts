/**
 * Right: paused mode: readable events and read().
 *
 * Refused by a test that wants flowing mode.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

class Echo {
  readonly #socket: net.Socket;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on("readable", () => this.#answer());
    socket.once("end", () => socket.end());
    socket.on("error", () => {});
  }

  #answer(): void {
    for (let chunk = this.#socket.read(); chunk !== null; chunk = this.#socket.read()) {
      this.#socket.write(chunk);
    }
  }
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => void new Echo(socket));
server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
