/**
 * Wrong, M45: has the lobby listen on every address, so that nobody is refused.
 *
 * Says: "(every network of the machine)"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function lobby() {
  const server = net.createServer((client) => client.on("error", () => {}).end("Welcome\n"));
  server.listen(port, () => {
    console.log(`Listening on ${address}:${(server.address() as net.AddressInfo).port}`);
  });
}

start({ ...services, lobby });
