/**
 * Computes for one client while another one pings, and gives way in several ways.
 *
 * Lesson 6.
 *
 *     node examples/06-events/blocked-loop.ts [way]
 *     deno run --allow-net=127.0.0.1 examples/06-events/blocked-loop.ts [way]
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import process from "node:process";
import timers from "node:timers/promises";

/** What Ada's handler does after each 10 ms of computing. */
const ways: Record<string, () => unknown> = {
  "nothing": () => {},
  "Promise.resolve()": () => Promise.resolve(),
  "setTimeout(0)": () => timers.setTimeout(0),
  "setImmediate()": () => timers.setImmediate(),
};

// #region compute
async function compute(giveWay: () => unknown): Promise<void> {
  for (let slices = 0; slices < 30; slices++) {
    const end = performance.now() + 10;
    while (performance.now() < end);
    await giveWay();
  }
}
// #endregion

const wanted = process.argv.slice(2);
for (const way of wanted.length > 0 ? wanted : ["nothing", "Promise.resolve()", "setTimeout(0)"]) {
  console.log(`${way.padEnd(18)}Bob's longest ping took ${await longestPing(ways[way]!)} ms`);
}

/** Has Ada's request computed in 30 slices, and pings until it is over. */
async function longestPing(giveWay: () => unknown): Promise<number> {
  const server = createServer((socket) => {
    socket.on("data", async (bytes) => {
      if (String(bytes) === "compute") await compute(giveWay);
      socket.write("done");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const [ada, bob] = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1")];
  await Promise.all([once(ada, "connect"), once(bob, "connect")]);

  let computing = true;
  ada.write("compute");
  ada.once("data", () => computing = false);
  let longest = 0;
  while (computing) {
    const begun = performance.now();
    bob.write("ping");
    await once(bob, "data");
    longest = Math.max(longest, performance.now() - begun);
  }
  for (const socket of [ada, bob]) socket.destroy();
  server.close();
  return Math.round(longest);
}
