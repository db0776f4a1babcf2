/**
 * Wrong, M22: has no listener for the error of a connection.
 *
 * Says: "while it served: Error: "
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const clients = new Set<net.Socket>();

const server = net.createServer((socket) => {
  clients.add(socket);
  let lastSeen = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - lastSeen >= limitMs) socket.destroy();
    else socket.write("ping\n");
  }, intervalMs);
  socket.on("data", () => lastSeen = performance.now());
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line === "ping") socket.write("pong\n");
  });
  socket.on("close", () => {
    clearInterval(timer);
    clients.delete(socket);
  });
});

process.on("SIGTERM", () => {
  server.close();
  for (const socket of clients) socket.destroy();
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
