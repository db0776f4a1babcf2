/**
 * Wrong, M02: has the till look for lines in each chunk by itself.
 *
 * Says: "wanted "60""
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function till() {
  serve((client) => {
    let sum = 0;
    client.on("data", (chunk) => {
      for (const line of chunk.toString().split("\n").filter(Boolean)) {
        if (!chunk.toString().includes(`${line}\n`)) continue;
        sum += Number(line);
        client.write(`${sum}\n`);
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

start({ ...services, till });
