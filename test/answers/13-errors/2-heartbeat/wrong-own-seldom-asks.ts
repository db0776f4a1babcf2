/**
 * Wrong, own: asks every three intervals, which is within the limit.
 *
 * Says: "wanted one every"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const clients = new Set<net.Socket>();

/** Pings a client until it has gone or is given up. */
function watch(socket: net.Socket): void {
  let lastSeen = performance.now();
  const timer = setInterval(() => {
    // Without a word to the client: it would not read it, and nobody would wait for its FIN.
    if (performance.now() - lastSeen >= limitMs) socket.destroy();
    else socket.write("ping\n");
  }, 3 * intervalMs);
  socket.on("data", () => lastSeen = performance.now());
  socket.on("close", () => clearInterval(timer));
}

/** Answers a client's own pings. */
function answer(socket: net.Socket): void {
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!.slice(-limitBytes);
    for (const line of lines) if (line === "ping") socket.write("pong\n");
  });
}

/** No line that means something is as long. */
const limitBytes = 100;

const server = net.createServer((socket) => {
  clients.add(socket);
  socket.on("close", () => clients.delete(socket));
  socket.on("error", () => {}); // "close" follows
  watch(socket);
  answer(socket);
});

process.on("SIGTERM", () => {
  server.close();
  for (const socket of clients) socket.destroy();
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
