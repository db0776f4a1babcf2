/**
 * Wrong, M18: has the report wait for the client's FIN, which some keep back.
 *
 * Says: "(Bob has not half-closed)"
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
    client.setEncoding("utf8").on("data", (piece: string) => text += piece);
    client.on("end", () => {
      const [line] = text.split("\n");
      client.end(text === "" ? "" : `All is well with ${line}\n`);
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
