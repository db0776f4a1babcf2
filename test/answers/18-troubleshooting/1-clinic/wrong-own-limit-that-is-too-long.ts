/**
 * Wrong, own: has nobody wait for ever at the clerk, but for longer than it promises.
 *
 * Says: "wanted before half a second was over"
 *
 * @module
 */
import process from "node:process";
import { AF_INET, SO_REUSEADDR, socket, SOL_SOCKET } from "#berkeley/socket.ts";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function clerk() {
  using listener = socket(AF_INET);
  listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
  listener.bind([address, port]);
  listener.listen(1);
  console.log(`Listening on ${address}:${listener.getsockname()[1]}`);
  for (;;) {
    const [client] = listener.accept();
    using _ = client;
    try {
      client.settimeout(0.95);
      let bytes = client.recv(4096);
      while (bytes.length > 0) {
        client.sendall(bytes);
        bytes = client.recv(4096);
      }
    } catch {
      // the next one
    }
  }
}

start({ ...services, clerk });
