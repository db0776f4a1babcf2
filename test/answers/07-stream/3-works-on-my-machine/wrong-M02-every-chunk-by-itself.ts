/**
 * Wrong, M02: takes all requests of a chunk, and the short piece at its end for one, too.
 *
 * Says: "as the answer, wanted"
 * Says: "with a silence between"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const totals = new Map<string, number>();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("data", (chunk) => {
    const text = chunk.toString("latin1");
    for (let at = 0; at < text.length; at += 12) socket.write(answer(text.slice(at, at + 12)));
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
