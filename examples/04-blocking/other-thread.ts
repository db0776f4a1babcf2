/**
 * Only the thread that waits stands still: another one counts to a hundred million meanwhile.
 *
 * Lesson 4.
 *
 *     node examples/04-blocking/other-thread.ts
 *     deno run --allow-ffi --allow-read=. examples/04-blocking/other-thread.ts
 *
 * The permission to read is for the files of the worker, which Deno loads as it starts it.
 *
 * @module
 */
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { AF_INET, type InetAddress, SOCK_STREAM, socket } from "#berkeley/socket.ts";

/** What the worker is given. */
interface Task {
  /** a number that both threads see */
  count: Int32Array;
  /** where the main thread waits */
  address: InetAddress;
}

const goal = 100_000_000;

if (isMainThread) wait();
else countAndKnock(workerData);

// #region wait
function wait(): void {
  using listener = socket(AF_INET, SOCK_STREAM);
  listener.bind(["127.0.0.1", 0]);
  listener.listen();
  const count = new Int32Array(new SharedArrayBuffer(4));
  const task: Task = { count, address: listener.getsockname() };
  new Worker(new URL(import.meta.url), { workerData: task });

  let ticks = 0;
  const interval = setInterval(() => ticks++, 1);
  const [conn] = listener.accept(); // until the worker knocks
  console.log(`This thread: ${ticks} ticks of an interval of 1 ms`);
  console.log(`The other one: it has counted to ${Atomics.load(count, 0)}`);
  conn.close();
  clearInterval(interval);
}
// #endregion

function countAndKnock({ count, address }: Task): void {
  for (let i = 1; i <= goal; i++) count[0] = i;
  using knock = socket(AF_INET, SOCK_STREAM);
  knock.connect(address);
}
