/**
 * Right: a time-out that each chunk winds up anew, beside an interval that pings at once; resets whom it
 * gives up.
 *
 * Refused by a test that wants no ping before an interval has passed, or a FIN.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const clients = new Set<net.Socket>();

const server = net.createServer((socket) => {
  clients.add(socket);
  const ping = () => socket.write("ping\n");
  const timer = setInterval(ping, intervalMs);
  ping();
  const limit = setTimeout(() => socket.resetAndDestroy(), limitMs);
  socket.on("data", () => limit.refresh());
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line === "ping") socket.write("pong\n");
  });
  socket.on("close", () => {
    clearInterval(timer);
    clearTimeout(limit);
    clients.delete(socket);
  });
  socket.on("error", () => {});
});

process.on("SIGTERM", () => {
  server.close();
  for (const socket of clients) socket.destroy();
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
