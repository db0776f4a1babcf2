/**
 * Wrong, own: has the archive end when it has answered.
 *
 * Says: "(the answer to a second request)"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function archive() {
  serve((client) => {
    client.setEncoding("utf8").once("data", (text: string) => client.end(text.toUpperCase()));
    client.on("end", () => client.end());
  }, true);
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

start({ ...services, archive });
