/**
 * Starts workers that wait in a call, and ends one way or another.
 *
 *     node test/repo/berkeley/endings.ts CALL exit|throw|terminate [workers=1]
 *
 * It imports the library only where it shares a descriptor with the workers.
 *
 * @module
 */
import { once } from "node:events";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import type { Wait } from "./waiting.ts";

const [call, ending, count = "1"] = process.argv.slice(2) as [Wait["call"], string, string?];
const owner = call.startsWith("shared") ? await share() : undefined;

/** A socket that waits, in the main thread's eyes and in the kernel's, even now and then anew. */
async function share() {
  const { AF_INET, create_server, socketpair, AF_UNIX } = await import("#berkeley/socket.ts");
  return call === "shared_accept"
    ? create_server(["127.0.0.1", 0], { family: AF_INET })
    : socketpair(AF_UNIX)[0];
}

const data = { call, ...(owner ? { shared: owner.fileno() } : {}) } satisfies Wait;
const url = new URL("./waiting.ts", import.meta.url);
const workers = Array.from({ length: Number(count) }, () => new Worker(url, { workerData: data }));
for (const worker of workers) {
  worker.on("error", (error) => {
    console.log(`a worker failed: ${error}`);
    process.exit(3);
  });
}
await Promise.all(workers.map((worker) => once(worker, "message")));
for (const worker of workers) {
  worker.on("message", (text) => {
    console.log(`a worker is ${text}`);
    process.exit(4);
  });
}
for (let i = 0; i < 10; i++) {
  owner?.settimeout(i % 2 ? 1 : null);
  owner?.setblocking(true);
  // That a thread waits in the kernel is an event that nobody is told of.
  await delay(15);
}
console.log("waiting");
if (ending === "throw") {
  setTimeout(() => {
    throw new Error("on purpose");
  });
} else {
  if (ending === "terminate") {
    await Promise.all(workers.map((worker) => worker.terminate()));
    console.log("terminated");
  }
  process.exit(7);
}
