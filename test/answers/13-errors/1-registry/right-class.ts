/**
 * Right: a registry that is a class, knows nothing of sockets, and hands out what ends a membership.
 *
 * Refused by a test that wants "joined" to be sent before "hello".
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

class Registry {
  readonly #tell = new Map<number, (line: string) => void>();
  #last = 0;

  join(tell: (line: string) => void): () => void {
    const number = ++this.#last;
    this.#tell.set(number, tell);
    tell(`hello ${number} ${this.#tell.size}`);
    this.#tellOthers(number, `joined ${number}`);
    return () => {
      if (this.#tell.delete(number)) this.#tellOthers(number, `left ${number}`);
    };
  }

  #tellOthers(number: number, line: string): void {
    for (const [other, tell] of this.#tell) if (other !== number) tell(line);
  }
}

const registry = new Registry();

const server = net.createServer((socket) => {
  const leave = registry.join((line) => socket.writable && socket.write(`${line}\n`));
  socket.once("close", leave).on("error", () => {}).on("data", () => {});
});

server.on("error", (error) => {
  console.error(`Cannot listen on port ${port}: ${error.message}`);
  process.exitCode = 1;
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
