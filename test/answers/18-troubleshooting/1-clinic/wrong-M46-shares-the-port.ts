/**
 * Wrong, M46: sets SO_REUSEPORT for the press, by which two can run at a time.
 *
 * Says: "Its port was taken, and it still ran"
 *
 * @module
 */
import process from "node:process";
import { AF_INET, SO_REUSEADDR, SO_REUSEPORT, socket, SOL_SOCKET } from "#berkeley/socket.ts";
import { diagnoses, services, start } from "../../../../solutions/18-troubleshooting/1-clinic.ts";

export { diagnoses };

const port = Number(process.argv[3]);
const address = process.argv[4] ?? "127.0.0.1";

function press() {
  using listener = socket(AF_INET);
  try {
    listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1);
    listener.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1);
    listener.bind([address, port]);
    listener.listen(1);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
  console.log(`Listening on ${address}:${listener.getsockname()[1]}`);
  for (;;) {
    const [client] = listener.accept();
    using _ = client;
    client.sendall(new TextEncoder().encode("No news\n"));
  }
}

start({ ...services, press });
