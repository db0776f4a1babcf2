/**
 * A server that does one thing wrong, so that every diagnosis of a program can be seen.
 *
 *     node test/repo/misbehaving-server.ts port name
 *     deno run --allow-net test/repo/misbehaving-server.ts port name
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

type Serve = (socket: net.Socket) => void;

const echo: Serve = (socket) => {
  socket.on("data", (chunk) => socket.write(chunk));
  socket.on("end", () => socket.end());
};

const kept: Uint8Array[] = [];
let waiting: net.Socket | undefined;
const [port = "0", name = ""] = process.argv.slice(2);

/** What it does to a client, by the name of the diagnosis that this must lead to. */
const faults: Record<string, Serve> = {
  "sent-nothing": (socket) => socket.resume(),
  "not-read": (socket) => socket.pause(),
  "stopped-short": (socket) => socket.once("data", (chunk) => socket.write(chunk.subarray(0, 3))),
  "bytes-differ": (socket) => {
    socket.on("data", (chunk) => socket.write(chunk.toString().toUpperCase()));
  },
  "lost-bytes": (socket) => {
    socket.on(
      "data",
      (chunk) => socket.write(Buffer.concat([chunk.subarray(0, 5), chunk.subarray(9)])),
    );
  },
  "extra-bytes": (socket) => {
    socket.on("data", (chunk) => socket.write(`${chunk}!`));
  },
  "fin-too-early": (socket) => socket.once("data", (chunk) => socket.end(chunk.subarray(0, 3))),
  "no-fin": (socket) => socket.on("data", (chunk) => socket.write(chunk)),
  "reset": (socket) => socket.once("data", () => socket.resetAndDestroy()),
  "half-close-ignored": (socket) => {
    socket.resume().on("end", () => socket.end("Hel"));
  },
  "stalled": (socket) => {
    // It takes a full buffer for a reason to give up.
    socket.on("data", (chunk) => socket.write(chunk) || socket.removeAllListeners("data").pause());
  },
  "starved": (socket) => {
    if (waiting && !waiting.destroyed) return;
    waiting = socket;
    echo(socket);
  },
  "mixed": (socket) => {
    const other = waiting;
    waiting ??= socket;
    socket.on("data", (chunk) => (other ?? socket).write(chunk));
  },
  "died": (socket) => {
    socket.on("data", () => {
      throw new RangeError("The table is full");
    });
  },
  "swallowed": () => {
    throw new RangeError("The table is full");
  },
  "spins": () => {
    const ask = () => void setImmediate(ask);
    ask();
  },
  "grows": (socket) => socket.on("data", (chunk) => kept.push(chunk)),
  "leaked": (socket) => socket.end(),
  // It sees a peer's silence, and says so, and that is all it does.
  "not-cut": (socket) => socket.resume().setTimeout(100, () => console.log("idle")),
  "cut-early": (socket) => socket.resume().setTimeout(20, () => socket.destroy()),
  "reordered": reversed,
  "blocked": computing,
};

if (name === "exited-early") throw new TypeError("There is no such port");
if (name === "ignored-sigterm") process.on("SIGTERM", () => {});

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  (faults[name] ?? echo)(socket);
});
server.on("error", (error) => {
  if (name !== "took-busy-port") console.error(error.message);
  process.exitCode = 1;
});
const host = name === "listens-elsewhere" ? "0.0.0.0" : "127.0.0.1";
server.listen({ port: Number(port), host, backlog: name === "not-accepted" ? 1 : 511 }, () => {
  const { port } = server.address() as net.AddressInfo;
  if (name === "never-listened") return;
  const say = () => console.log(`Listening on 127.0.0.1:${port}`);
  if (name === "not-accepted") {
    say();
    // Whoever never comes back from here accepts nobody.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  }
  if (name !== "refused") return say();
  server.close(say);
  setInterval(() => {}, 1000); // no longer listening, and still there
});

/** Answers lines, the last one first. */
function reversed(socket: net.Socket): void {
  socket.on("data", (chunk) => {
    const lines = chunk.toString().trimEnd().split("\n");
    socket.write(lines.reverse().map((line: string) => `${line}\n`).join(""));
  });
}

/** Echoes, and computes for 300 ms when it is told to work. */
function computing(socket: net.Socket): void {
  socket.on("data", (chunk) => {
    const until = performance.now() + (chunk.includes("work") ? 300 : 0);
    while (performance.now() < until);
    socket.write(chunk);
  });
}
