/**
 * Makes each of the frequent calls many times, in three rounds, and prints by how much the process has
 * grown in the second or third, whichever is less. It takes --expose-gc.
 *
 *     node --expose-gc test/repo/berkeley/memory.ts [times=100000]
 *     deno run -A --v8-flags=--expose-gc test/repo/berkeley/memory.ts [times=100000]
 *
 * @module
 */
import process from "node:process";
import { epoll, EPOLLIN, poll, POLLIN, select } from "#berkeley/select.ts";
import { getaddrinfo, socketpair } from "#berkeley/socket.ts";
import { pack, unpack } from "#berkeley/struct.ts";

const times = Number(process.argv[2] ?? 100_000);
const [a, b] = socketpair();
const [empty] = socketpair();
empty.setblocking(false);
const set = epoll();
const list = poll();
set.register(b, EPOLLIN);
list.register(b, POLLIN);
const some = new Uint8Array(1000);
const much = new Uint8Array(100_000);

const cases: Record<string, () => unknown> = {
  "send() and recv() of 1000 bytes": () => {
    a.send(some);
    return b.recv(4096);
  },
  "send() and recv() of 100,000 bytes": () => {
    a.send(much);
    return b.recv(1 << 20);
  },
  "sendall() and recv_into()": () => {
    a.sendall(some);
    return b.recv_into(much);
  },
  "recv() that fails": () => {
    try {
      return empty.recv(10);
    } catch (error) {
      return error;
    }
  },
  "getaddrinfo()": () => getaddrinfo("127.0.0.1", 80),
  "getsockname()": () => a.getsockname(),
  "select()": () => select([a, b], [], [], 0),
  "poll()": () => list.poll(0),
  "epoll()": () => set.poll(0),
  "pack() and unpack()": () => unpack("!BHIq", pack("!BHIq", 1, 2, 3, 4n)),
};

/** What is kept, not what is yet to be collected. */
function mebibytes(): number {
  collect?.();
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

const collect = (globalThis as { gc?: () => void }).gc;

for (const [name, call] of Object.entries(cases)) {
  const some = name.includes("100,000") ? times / 10 : times;
  const repeat = () => {
    for (let i = 0; i < some; i++) call();
    return mebibytes();
  };
  // The first round lets the heap grow to what such calls take; what leaks, grows in every round.
  const [first, second, third] = [repeat(), repeat(), repeat()];
  console.log(`${Math.min(second - first, third - second)} MiB: ${name}`);
}
