/**
 * Right: a class with a state, and the rest piped into a stream that drops it.
 *
 * Refused by a test that wants no pipe, or the chunk that was too much to be looked at no more.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { Writable } from "node:stream";

const port = Number(process.argv[2] ?? 65432);
const lingerMs = Number(process.argv[3] ?? 10_000);

const limitBytes = 65_536;

class Upload {
  #state: "counts" | "refused" = "counts";
  #bytes = 0;
  readonly #socket: net.Socket;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on("readable", () => this.#read());
    socket.once("end", () => {
      if (this.#state === "counts") socket.end(`stored ${this.#bytes}\n`);
    });
    socket.on("error", () => {});
  }

  #read(): void {
    for (let chunk = this.#socket.read(); chunk !== null; chunk = this.#socket.read()) {
      this.#bytes += chunk.length;
    }
    if (this.#bytes > limitBytes && this.#state === "counts") this.#refuse();
  }

  #refuse(): void {
    this.#state = "refused";
    const socket = this.#socket;
    socket.removeAllListeners("readable");
    socket.pipe(new Writable({ write: (_chunk, _encoding, done) => done() }));
    socket.end(`refused: more than ${limitBytes} bytes\n`);
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once("close", () => clearTimeout(timer));
  }
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => void new Upload(socket));
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
