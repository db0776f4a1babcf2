/**
 * Wrong, own: has the gate refuse, and read no more.
 *
 * Says: "reads no more"
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
      const fitted = bytes <= 10_000;
      bytes += chunk.length;
      if (fitted && bytes > 10_000) client.pause().end("Too large\n");
    });
    client.on("end", () => client.end(`${bytes} bytes\n`));
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
