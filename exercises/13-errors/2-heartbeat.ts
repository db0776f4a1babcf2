/**
 * A server that finds out which of its clients are still alive.
 *
 *     node exercises/13-errors/2-heartbeat.ts [port] [interval] [limit]
 *     deno run --allow-net=127.0.0.1 exercises/13-errors/2-heartbeat.ts [port] [interval] [limit]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port. The
 *   interval and the limit are in milliseconds, 5000 and 15000 when they are left out; the limit is
 *   the longer one.
 * - Lines end in LF. Every interval it sends each client the line `ping`, the first one an interval
 *   after it has come at the latest. A client that is alive answers by `pong`.
 * - A client may ask, too: each line `ping` of its own is answered by `pong`. Any other line means
 *   nothing. Lines come in whatever chunks they come.
 * - Every byte that comes from a client is a sign of life, whatever it says. A client from which none
 *   has come for the limit, or since it has come itself, is given up: not before the limit has passed,
 *   and one interval later at the latest. Nothing is kept of it then, its socket is closed, whether
 *   that client ever answers or not.
 * - A client that ends (FIN) has left: the server ends its own half at once. Neither that nor a reset
 *   is of any consequence to the others.
 * - While nobody is connected it sleeps, and no timer wakes it.
 * - SIGTERM ends all connections and the server; the process ends with exit code 0.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const server = net.createServer((socket) => {
  // TODO: Ask each client for a sign of life, and give up who has none
  throw new Error("Not written yet");
});

process.on("SIGTERM", () => {
  // TODO: End all connections and the server, so that nothing is left that keeps the process
  throw new Error("Not written yet");
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
