/**
 * A till: it adds up what is taken, by name.
 *
 *     node exercises/07-stream/3-works-on-my-machine.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/07-stream/3-works-on-my-machine.ts [port]
 *
 * You are given this program with faults in it, and tried by hand it works. Repaired, it keeps these
 * promises:
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - A request has 12 characters of ASCII, a byte each: a name of 8, with spaces behind it where it is
 *   shorter, and an amount of 4 decimal digits. It is answered by 8 characters: the sum of all
 *   amounts for that name, whoever sent them, in decimal digits with zeros in front.
 * - A request whose amount is no such number is answered by `--------`, and changes nothing; so is
 *   one whose sum would need a ninth digit. The request behind it begins 12 bytes later, as always.
 * - The answers to one client come in the order of its requests, each when its request has come, in
 *   whatever chunks that came. Other clients do not disturb it.
 * - When a client has half-closed, it gets the answers to all its requests, and then the server ends
 *   its direction, too. If the client has ended in the middle of a request, that is answered by
 *   `--------`.
 * - A client that resets its connection is no reason to stop. SIGTERM ends it.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const totals = new Map<string, number>();

/** Each client writes one request at a time, and that is what arrives here. */
const server = net.createServer((socket) => {
  socket.setNoDelay(true); // small messages go out at once, each by itself
  socket.on("data", (chunk) => {
    socket.write(answer(chunk.toString("latin1")));
  });
  socket.on("error", () => {});
});

/** The answer to one request. */
function answer(request: string): string {
  const name = request.slice(0, 8);
  const amount = request.slice(8, 12);
  const total = (totals.get(name) ?? 0) + Number(amount);
  if (!/^\d{4}$/.test(amount) || total > 99_999_999) return "--------";
  totals.set(name, total);
  return String(total).padStart(8, "0");
}

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
