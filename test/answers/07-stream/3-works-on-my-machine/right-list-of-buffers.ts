/**
 * Right: a list of buffers, joined when they hold a request; all answers in one write.
 *
 * Refused by a test that wants a write for each answer.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const totals = new Map<string, number>();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let pieces: Buffer[] = [];
  let bytes = 0;
  socket.on("data", (chunk) => {
    pieces.push(chunk);
    bytes += chunk.length;
    if (bytes < 12) return;
    const all = Buffer.concat(pieces);
    const answers: string[] = [];
    let at = 0;
    for (; bytes - at >= 12; at += 12) answers.push(answer(all.toString("latin1", at, at + 12)));
    socket.write(answers.join(""));
    pieces = [all.subarray(at)];
    bytes -= at;
  });
  socket.on("end", () => {
    if (bytes > 0) socket.write("--------");
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
