/**
 * Right: asks the socket for twelve bytes at a time: read(12) gives null until they are there.
 *
 * Refused by a test that looks for a listener for data.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const totals = new Map<string, number>();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("readable", () => {
    for (let it: Buffer | null; (it = socket.read(12));) {
      // At the end it gives what is left, however little that is: no amount, so a refusal.
      socket.write(answer(it.toString("latin1")));
    }
  });
  socket.on("end", () => socket.end());
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
