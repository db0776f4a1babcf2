/**
 * Right: corks what belongs together, lets a timer of its own watch over the oracle, and leaves it to the runtime to end the archive.
 *
 * Refused by a test that wants allowHalfOpen for the archive, or setTimeout() of the socket.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function quotes() {
  serve((client, line) => {
    client.cork();
    client.write(`${line}\n`);
    client.write(`${line.length}.00\n`);
    client.uncork();
  });
}

function oracle() {
  const idle = new Map<net.Socket, NodeJS.Timeout>();
  const open = new Map<net.Socket, number>();
  const letGoSoon = (client: net.Socket) => {
    idle.set(client, setTimeout(() => client.end(), 200));
  };
  const onLine = (client: net.Socket) => {
    clearTimeout(idle.get(client));
    open.set(client, (open.get(client) ?? 0) + 1);
    setTimeout(() => {
      client.write("Yes\n");
      const left = open.get(client)! - 1;
      open.set(client, left);
      if (left === 0) letGoSoon(client);
    }, 300);
  };
  serve(onLine, letGoSoon);
}

// Its answers are written before the end is seen: the runtime may end the connection by itself.
function archive() {
  serve((client, line) => client.write(`${line.toUpperCase()}\n`));
}

function serve(
  onLine: (client: net.Socket, line: string) => void,
  onClient: (client: net.Socket) => void = () => {},
) {
  const server = net.createServer((client) => {
    let rest = "";
    client.on("error", (error) => console.error(error.message));
    client.setEncoding("utf8").on("data", (text: string) => {
      rest += text;
      for (let at = rest.indexOf("\n"); at >= 0; at = rest.indexOf("\n")) {
        onLine(client, rest.slice(0, at));
        rest = rest.slice(at + 1);
      }
    });
    onClient(client);
  });
  server.listen(port, address, () => {
    console.log(`Listening on ${address}:${(server.address() as net.AddressInfo).port}`);
  });
}

start({ ...services, quotes, oracle, archive });
