/**
 * Right: a loop over each connection, whose time limits end the reading.
 *
 * Refused by a test that needs the chunk itself to be answered at once.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";

const [port = 65432, deadlineMs = 10_000, idleMs = 60_000] = process.argv.slice(2).map(Number);

interface Client {
  socket: net.Socket;
  timer?: ReturnType<typeof setTimeout>;
}

function limit(client: Client, ms: number, lastWords: string): void {
  clearTimeout(client.timer);
  client.timer = setTimeout(() => finish(client, lastWords), ms);
}

function finish(client: Client, lastWords: string): void {
  const { socket } = client;
  clearTimeout(client.timer);
  if (!socket.writableEnded) socket.end(lastWords);
  client.timer = setTimeout(() => socket.destroy(), deadlineMs);
  socket.on("close", () => clearTimeout(client.timer));
}

async function serve(socket: net.Socket): Promise<void> {
  const client: Client = { socket };
  socket.on("close", () => clearTimeout(client.timer));
  limit(client, idleMs, "");
  let text = "";
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    if (socket.writableEnded) continue;
    if (text === "") limit(client, deadlineMs, "timeout\n");
    text += chunk;
    for (let parts; (parts = /^((?:[^\n]+\n)+)\n/.exec(text));) {
      clearTimeout(client.timer);
      const lines = parts[1]!.split("\n").slice(0, -1);
      text = text.slice(parts[0].length);
      const work = lines.find((line) => /^work \d+$/.test(line));
      if (work) await delay(Number(work.slice(5)));
      socket.write(`ok ${lines.length}\n`);
      limit(client, text ? deadlineMs : idleMs, text ? "timeout\n" : "");
    }
  }
  finish(client, "");
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.setEncoding("latin1").on("error", () => {});
  serve(socket).catch(() => {});
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
