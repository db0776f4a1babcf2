/**
 * Descriptors that are closed, and one that has a large number: what each call says of them.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/odd-descriptors.ts
 *     deno run --allow-ffi examples/05-readiness/odd-descriptors.ts
 *
 * @module
 */
import {
  EpollSelector,
  EVENT_READ,
  PollSelector,
  type Selector,
  SelectSelector,
} from "#berkeley/selectors.ts";
import { type Socket, socketpair } from "#berkeley/socket.ts";

const kinds: [string, () => Selector<string>][] = [
  ["select()", () => new SelectSelector()],
  ["poll()", () => new PollSelector()],
  ["epoll()", () => new EpollSelector()],
];

console.log("A socket is closed while it is registered:");
for (const [name, create] of kinds) {
  using selector = create();
  const [near, far] = socketpair();
  selector.register(near, EVENT_READ, "it");
  near.close();
  report(name, selector);
  far.close();
}

console.log("A socket has a number above 1023:");
const sockets: Socket[] = [];
while (!sockets.some((sock) => sock.fileno() === 1024)) sockets.push(...socketpair());
const index = sockets.findIndex((sock) => sock.fileno() === 1024);
// The other one of its pair stands beside it: 0 and 1, 2 and 3, ...
const [near, far] = [sockets[index]!, sockets[index ^ 1]!];
far.send(new Uint8Array(1));
for (const [name, create] of kinds) {
  using selector = create();
  selector.register(near, EVENT_READ, "it");
  report(name, selector);
}
for (const sock of sockets) sock.close();

function report(name: string, selector: Selector<string>): void {
  try {
    const ready = selector.select(0);
    console.log(
      `  ${name.padEnd(9)} ${ready.length === 0 ? "nothing is ready" : "it is readable"}`,
    );
  } catch (error) {
    console.log(`  ${name.padEnd(9)} ${(error as Error).name}: ${(error as Error).message}`);
  }
}
