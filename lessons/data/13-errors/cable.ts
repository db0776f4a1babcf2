/**
 * Four connections to a machine that will vanish, and what is heard of that. See cable.sh.
 *
 *     node lessons/data/13-errors/cable.ts host port file
 *
 * @module
 */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { AF_INET, IPPROTO_TCP, SOCK_STREAM, socket, TCP_USER_TIMEOUT } from "#berkeley/socket.ts";

const [host = "", port = "", pulled = ""] = process.argv.slice(2);
const watchedMs = 30_000;

const watched = await Promise.all(
  ["idle", "idle, with keepalive after 1 s", "writes every second"].map(async (what) => {
    const sock = connect(Number(port), host);
    await once(sock, "connect");
    if (what.includes("keepalive")) sock.setKeepAlive(true, 1000);
    return { what, sock, event: "", atMs: 0, writes: 0 };
  }),
);
using patient = socket(AF_INET, SOCK_STREAM);
patient.connect([host, Number(port)]);
patient.setsockopt(IPPROTO_TCP, TCP_USER_TIMEOUT, 5000);

console.log("connected");
while (!existsSync(pulled)) await setTimeout(10);
const begun = performance.now();
patient.send(new Uint8Array(5));
for (const it of watched) {
  it.sock.on("error", (error: NodeJS.ErrnoException) => {
    it.event = `${error.code}, in ${error.syscall}()`;
    it.atMs = performance.now() - begun;
  });
  if (it.what.startsWith("writes")) {
    setInterval(() => it.sock.write("hello", (error) => it.writes += error ? 0 : 1), 1000).unref();
  }
}
await setTimeout(watchedMs);
for (const { what, event, atMs, writes } of watched) {
  const done = writes > 0 ? `, ${writes} writes succeeded` : "";
  const when = event ? `${event} after ${(atMs / 1000).toFixed(1)} s` : "no event in 30 s";
  console.log(`${what}: ${when}${done}`);
}
try {
  patient.send(new Uint8Array(5));
} catch (error) {
  console.log(`one write, with TCP_USER_TIMEOUT of 5 s: ${(error as Error).message}`);
}
process.exit();
