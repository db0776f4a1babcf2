/**
 * Wrong, own: collects chunks until nothing has come for 100 ms, and takes that for the end of a
 * request.
 *
 * Says: "as the answer, wanted"
 * Says: "with a silence between"
 * Same as: wrong-M02-every-chunk-by-itself.ts, because either takes a piece that comes by itself for a request
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const totals = new Map<string, number>();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let rest = "";
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    for (const [request] of rest.matchAll(/[^]{1,12}/g)) socket.write(answer(request));
    rest = "";
  };
  socket.on("data", (chunk) => {
    rest += chunk.toString("latin1");
    clearTimeout(timer);
    timer = setTimeout(flush, 100);
  });
  socket.on("end", () => {
    flush();
    socket.end();
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
