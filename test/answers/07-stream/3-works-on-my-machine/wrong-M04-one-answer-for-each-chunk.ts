/**
 * Wrong, M04: keeps everything, and answers one request when a chunk comes.
 *
 * Says: "for answer 2 of 3 (all requests came in one chunk)"
 * Same as: wrong-M04-drops-what-is-left-over.ts, what came in one chunk waits for another one
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const totals = new Map<string, number>();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let rest = "";
  socket.on("data", (chunk) => {
    rest += chunk.toString("latin1");
    if (rest.length < 12) return;
    socket.write(answer(rest));
    rest = rest.slice(12);
  });
  socket.on("end", () => socket.end(rest ? "--------" : ""));
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
