/**
 * Wrong, M27: leaves the report's side open when a client ends without a subject.
 *
 * Says: "(Ada ended without a subject)"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function report() {
  serve((client) => {
    let text = "";
    client.setEncoding("utf8").on("data", (piece: string) => {
      text += piece;
      if (!piece.includes("\n")) return;
      const [line] = text.split("\n");
      setTimeout(() => client.end(`All is well with ${line}\n`), 20);
    });
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

start({ ...services, report });
