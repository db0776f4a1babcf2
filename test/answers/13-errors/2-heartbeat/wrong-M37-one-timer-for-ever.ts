/**
 * Wrong, M37: goes through all clients by one timer, which goes on when there are none, and outlives the server.
 *
 * Says: "with nothing to do, while nobody was connected"
 *
 * Same as: wrong-M37-cleared-at-the-end-event.ts, because a timer is a timer to whoever looks from outside.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const lastSeen = new Map<net.Socket, number>();

setInterval(() => {
  for (const [socket, seen] of lastSeen) {
    if (performance.now() - seen >= limitMs) socket.destroy();
    else socket.write("ping\n");
  }
}, intervalMs);

const server = net.createServer((socket) => {
  lastSeen.set(socket, performance.now());
  socket.on("data", () => lastSeen.set(socket, performance.now()));
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line === "ping") socket.write("pong\n");
  });
  socket.on("close", () => lastSeen.delete(socket));
  socket.on("error", () => {});
});

process.on("SIGTERM", () => {
  server.close();
  for (const socket of lastSeen.keys()) socket.destroy();
  setTimeout(() => process.exit(0), 100);
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
