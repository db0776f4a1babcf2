/**
 * Right: a loop over the bytes of one client, as if they came one by one.
 *
 * Refused by a test that times it, or looks for a listener.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const totals = new Map<string, number>();

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  serve(socket).catch(() => socket.destroy());
});

async function serve(socket: net.Socket): Promise<void> {
  let request = "";
  for await (const byte of bytesOf(socket)) {
    request += String.fromCharCode(byte);
    if (request.length < 12) continue;
    socket.write(answer(request));
    request = "";
  }
  socket.end(request === "" ? "" : answer(""));
}

async function* bytesOf(socket: net.Socket): AsyncGenerator<number> {
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) yield* chunk as Buffer;
}

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
