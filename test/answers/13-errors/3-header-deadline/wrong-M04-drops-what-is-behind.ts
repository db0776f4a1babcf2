/**
 * Wrong, M04: throws away what stands behind the first whole header.
 *
 * Says: "three requests came in one chunk"
 *
 * Same as: wrong-M01-one-request-a-chunk.ts, because the second answer is missing in both.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";

const [port = 65432, deadlineMs = 10_000, idleMs = 60_000] = process.argv.slice(2).map(Number);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let text = "";
  let isBusy = false;
  let hasEnded = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const start = (ms: number, strike: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(strike, ms);
  };
  const close = (lastWords = "") => {
    if (socket.writableEnded) return;
    socket.removeAllListeners("data").resume();
    socket.end(lastWords);
    start(deadlineMs, () => socket.destroy());
  };
  const startIdle = () => start(idleMs, () => close());
  const startDeadline = () => start(deadlineMs, () => close("timeout\n"));

  const answerAll = async () => {
    isBusy = true;
    for (let end; (end = text.indexOf("\n\n")) >= 0;) {
      const lines = text.slice(0, end).split("\n");
      text = "";
      clearTimeout(timer);
      const workMs = Number(/^work (\d+)$/m.exec(lines.join("\n"))?.[1] ?? 0);
      if (workMs > 0) await delay(workMs);
      socket.write(`ok ${lines.length}\n`);
      if (text === "") startIdle();
      else startDeadline();
    }
    isBusy = false;
    if (hasEnded) close();
  };

  startIdle();
  socket.setEncoding("latin1").on("data", (chunk: string) => {
    if (text === "" && !isBusy) startDeadline();
    text += chunk;
    if (!isBusy) answerAll();
  });
  socket.on("end", () => {
    hasEnded = true;
    if (!isBusy) close();
  });
  socket.on("error", () => {});
  socket.on("close", () => clearTimeout(timer));
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
