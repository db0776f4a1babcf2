/**
 * Right: one timer for all clients, while there are any.
 *
 * Refused by a test that wants the first ping exactly one interval after a client has come.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const [port = 65432, intervalMs = 5000, limitMs = 15_000] = process.argv.slice(2).map(Number);

const lastSeen = new Map<net.Socket, number>();
let timer: ReturnType<typeof setInterval> | undefined;

function sweep(): void {
  for (const [socket, seen] of lastSeen) {
    if (performance.now() - seen >= limitMs) socket.destroy();
    else socket.write("ping\n");
  }
}

const server = net.createServer((socket) => {
  timer ??= setInterval(sweep, intervalMs);
  lastSeen.set(socket, performance.now());
  let rest = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    lastSeen.set(socket, performance.now());
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) if (line === "ping") socket.write("pong\n");
  });
  socket.on("close", () => {
    lastSeen.delete(socket);
    if (lastSeen.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  });
  socket.on("error", () => {});
});

process.on("SIGTERM", () => {
  server.close();
  for (const socket of lastSeen.keys()) socket.resetAndDestroy();
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
