/**
 * Wrong, M61: gives the clerk a longer queue: all get in, and none is served.
 *
 * Says: "(while Ada had said nothing)"
 * Same as: wrong-M56-one-client-holds-up-all.ts, because a longer queue lets more clients wait for as long
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
  listener.listen(128);
  console.log(`Listening on ${address}:${listener.getsockname()[1]}`);
  for (;;) {
    const [client] = listener.accept();
    using _ = client;
    try {
      for (;;) {
        const bytes = client.recv(4096);
        if (bytes.length === 0) break;
        client.sendall(bytes);
      }
    } catch {
      // the next one
    }
  }
}

start({ ...services, clerk });
