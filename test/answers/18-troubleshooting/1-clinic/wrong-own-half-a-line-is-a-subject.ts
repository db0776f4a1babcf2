/**
 * Wrong, own: has `readline` cut the report's lines, which gives out what is left at the end, too.
 *
 * Says: "Ada ended in the middle of a line"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function report() {
  const server = net.createServer({ allowHalfOpen: true }, async (client) => {
    client.on("error", () => {});
    for await (const line of createInterface({ input: client })) {
      await setTimeout(20);
      client.write(`All is well with ${line}\n`);
      break;
    }
    client.end();
  });
  server.listen(port, address, () => {
    console.log(`Listening on ${address}:${(server.address() as net.AddressInfo).port}`);
  });
}

start({ ...services, report });
