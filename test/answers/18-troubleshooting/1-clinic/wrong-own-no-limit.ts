/**
 * Wrong, own: takes the limit away from the oracle.
 *
 * Says: "no FIN within"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function oracle() {
  serve((client) => {
    client.setEncoding("utf8").on("data", (text: string) => {
      for (const _ of text.matchAll(/\n/g)) {
        setTimeout(() => {
          client.write("Yes\n");
        }, 300);
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

start({ ...services, oracle });
