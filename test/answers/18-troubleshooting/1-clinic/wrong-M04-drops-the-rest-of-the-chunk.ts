/**
 * Wrong, M04: has the depot read on, and drop what came in one chunk with a name that it does not know.
 *
 * Says: "mint was not known, and oil came in the same chunk"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function depot() {
  const shelves = new Map([["tea", "A7"], ["salt", "B2"], ["oil", "C5"]]);
  serve((client) => {
    let rest = "";
    client.setEncoding("utf8").on("data", async (text: string) => {
      client.pause();
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        await pause(5);
        const shelf = shelves.get(line);
        if (shelf === undefined) {
          client.write("none\n");
          break;
        }
        client.write(`${shelf}\n`);
      }
      client.resume();
    });
  });
}

function serve(onClient: (client: net.Socket) => void, allowHalfOpen = false) {
  const server = net.createServer({ allowHalfOpen }, (client) => {
    client.on("error", () => {});
    onClient(client);
  });
  server.listen(port, address, () => {
    console.log(`Listening on ${address}:${(server.address() as net.AddressInfo).port}`);
  });
}

start({ ...services, depot });
