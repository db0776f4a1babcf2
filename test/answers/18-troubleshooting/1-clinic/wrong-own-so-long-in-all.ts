/**
 * Wrong, own: gives each client of the clerk a quarter of a second in all, whatever it says.
 *
 * Says: "(Bob said something every 80 ms)"
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
      const end = performance.now() + 250;
      for (;;) {
        client.settimeout(Math.max(0.001, (end - performance.now()) / 1000));
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
