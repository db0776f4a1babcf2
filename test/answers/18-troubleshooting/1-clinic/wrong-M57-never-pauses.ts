/**
 * Wrong, M57: has the depot look for several things at a time, since it does not pause any more.
 *
 * Says: "It sent "C5" before "B2", which was asked for first"
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
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        await pause(5);
        client.write(`${shelves.get(line) ?? "none"}\n`);
      }
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
