/**
 * Wrong, M01: takes each chunk for one request, which it is as long as a client waits for each answer.
 *
 * Says: "Ada waited in vain for answer 2 of 3 (all requests came in one chunk)"
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
