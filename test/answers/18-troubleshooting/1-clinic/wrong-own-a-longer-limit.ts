/**
 * Wrong, own: gives the clients of the oracle twice as long, so that its thinking fits in.
 *
 * Says: "Bob asked nothing for 200 ms, and was let go after 300 ms or more"
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
    client.setTimeout(400, () => client.end());
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
