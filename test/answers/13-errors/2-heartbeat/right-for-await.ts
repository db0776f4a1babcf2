/**
 * Right: a loop over each connection, in which every read has a time limit of its own.
 *
 * Refused by a test that wants the chunk itself to answer, or listeners.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const clients = new Set<net.Socket>();

async function serve(socket: net.Socket): Promise<void> {
  const timer = setInterval(() => socket.write("ping\n"), intervalMs);
  const limit = setTimeout(() => socket.destroy(), limitMs);
  try {
    let rest = "";
    for await (const text of socket.setEncoding("utf8")) {
      limit.refresh();
      const lines = `${rest}${text}`.split("\n");
      rest = lines.pop()!;
      for (const line of lines) if (line === "ping") socket.write("pong\n");
    }
  } finally {
    clearInterval(timer);
    clearTimeout(limit);
    clients.delete(socket);
  }
}

const server = net.createServer((socket) => {
  clients.add(socket);
  socket.on("error", () => {});
  serve(socket).catch(() => {});
});

process.on("SIGTERM", () => {
  server.close();
  for (const socket of clients) socket.destroy();
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
