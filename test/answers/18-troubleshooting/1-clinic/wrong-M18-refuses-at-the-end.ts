/**
 * Wrong, M18: has the gate refuse when the client has sent all.
 *
 * Says: "sent nothing within"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function gate() {
  serve((client) => {
    let bytes = 0;
    client.on("data", (chunk) => {
      bytes += chunk.length;
    });
    client.on("end", () => client.end(bytes > 10_000 ? "Too large\n" : `${bytes} bytes\n`));
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

start({ ...services, gate });
