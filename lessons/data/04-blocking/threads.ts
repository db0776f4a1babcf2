/**
 * What a worker costs on the runtime at hand: how long it takes to start, and how much memory.
 *
 *     node lessons/data/04-blocking/threads.ts
 *     deno run --allow-ffi --allow-read=. lessons/data/04-blocking/threads.ts
 *
 * @module
 */
import process from "node:process";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { AF_UNIX, SOCK_STREAM, type Socket, socket, socketpair } from "#berkeley/socket.ts";

/** How many workers there are in the end. */
const many = 50;

/** What a worker is given. */
interface Task {
  /** the descriptor that it waits at */
  fileno: number;
  /** 1 as soon as its code runs */
  runs: Int32Array;
}

if (isMainThread) measure();
else wait(workerData);

function wait({ fileno, runs }: Task): void {
  using sock = socket(AF_UNIX, SOCK_STREAM, 0, fileno);
  Atomics.store(runs, 0, 1);
  Atomics.notify(runs, 0);
  sock.recv(1);
}

function measure(): void {
  const ends: Socket[] = [];
  start(ends); // what the first one loads is there for all others
  const before = process.memoryUsage.rss();
  const times = Array.from({ length: many }, () => start(ends)).sort((a, b) => a - b);
  const each = (process.memoryUsage.rss() - before) / many;
  const median = times[many / 2]!;
  const [name, version] = "Deno" in globalThis
    ? ["Deno", Deno.version.deno]
    : ["Node", process.versions.node];
  const mebibytes = (each / (1 << 20)).toFixed(1);
  console.log(`${name} ${version}, a worker: ${median.toFixed(1)} ms, ${mebibytes} MiB`);
  process.exit(0);
}

/** Starts a worker that waits in recv(), and says how long it took until its code ran, in ms. */
function start(ends: Socket[]): number {
  const [ours, theirs] = socketpair();
  ends.push(ours);
  const runs = new Int32Array(new SharedArrayBuffer(4));
  const task: Task = { fileno: theirs.detach(), runs };
  const begun = performance.now();
  new Worker(new URL(import.meta.url), { workerData: task });
  Atomics.wait(runs, 0, 0);
  return performance.now() - begun;
}
