/**
 * Wrong, own: sends one ping, and no more.
 *
 * Says: "It gave Ada up after 1 pings"
 *
 * Same as: wrong-own-never-asks.ts, because they differ by one ping.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const clients = new Set<net.Socket>();

const server = net.createServer((socket) => {
  clients.add(socket);
  const ping = setTimeout(() => socket.write("ping\n"), intervalMs);
  let limit = setTimeout(() => socket.destroy(), limitMs);
  socket.on("data", () => {
    clearTimeout(limit);
    limit = setTimeout(() => socket.destroy(), limitMs);
  });
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line === "ping") socket.write("pong\n");
  });
  socket.on("close", () => {
    clearTimeout(ping);
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
