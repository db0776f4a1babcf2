/**
 * Wrong, own: has the oracle's limit run again at its first answer, while it thinks about another question.
 *
 * Says: "the answer to her second question"
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
    client.setTimeout(200, () => client.end());
    client.setEncoding("utf8").on("data", (text: string) => {
      for (const _ of text.matchAll(/\n/g)) {
        client.setTimeout(0);
        setTimeout(() => {
          client.write("Yes\n");
          client.setTimeout(200);
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
