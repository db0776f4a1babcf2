/**
 * Wrong, own: ends with a client whose request it cannot answer.
 *
 * Says: "got FIN in place of answer 10003 of 10003"
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
    while (rest.length >= 12 && !socket.writableEnded) {
      const said = answer(rest.slice(0, 12));
      rest = rest.slice(12);
      if (said === "--------") socket.end(said);
      else socket.write(said);
    }
  });
  socket.on("end", () => {
    if (!socket.writableEnded) socket.end(rest ? "--------" : "");
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
