/**
 * What it costs to ask which socket is ready, by the number of those that are not.
 *
 * Lesson 5.
 *
 *     node examples/05-readiness/waiting-costs.ts
 *     deno run --allow-ffi examples/05-readiness/waiting-costs.ts
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

const counts = [10, 100, 400];
const kinds = { "select()": SelectSelector, "poll()": PollSelector, "epoll()": EpollSelector };
const sockets: Socket[] = [];

console.log(`sockets  ${Object.keys(kinds).map((name) => name.padStart(12)).join("")}`);
for (const count of counts) {
  while (sockets.length < 2 * count) sockets.push(...socketpair());
  const costs = Object.values(kinds).map((Kind) => costUs(new Kind<number>(), count));
  console.log(
    String(count).padEnd(9) + costs.map((us) => `${us.toFixed(1)} us`.padStart(12)).join(""),
  );
}
for (const sock of sockets) sock.close();

/** One of them has a byte to read; the others are silent. The best of many calls. */
function costUs(selector: Selector<number>, count: number): number {
  for (let i = 0; i < count; i++) selector.register(sockets[2 * i]!, EVENT_READ, i);
  sockets[1]!.send(new Uint8Array(1));
  let best = Infinity;
  for (let round = 0; round < 2000; round++) {
    const begun = performance.now();
    selector.select(0);
    best = Math.min(best, performance.now() - begun);
  }
  sockets[0]!.recv(1);
  selector.close();
  return best * 1000;
}
