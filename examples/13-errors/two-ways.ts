/**
 * The two ways in which a peer goes, and the events that each of them brings.
 *
 * Lesson 13.
 *
 *     node examples/13-errors/two-ways.ts
 *     deno run --allow-net=127.0.0.1 examples/13-errors/two-ways.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";

const server = createServer().listen(0, "127.0.0.1");
await once(server, "listening");

/** Both ends of a new connection. */
async function connection(): Promise<[near: Socket, far: Socket]> {
  const far = connect((server.address() as AddressInfo).port, "127.0.0.1");
  const [[near]] = await Promise.all([once(server, "connection"), once(far, "connect")]);
  return [near, far];
}

/** Notes the events of a socket. */
function events(socket: Socket): string[] {
  const seen: string[] = [];
  socket.on("end", () => seen.push("end"));
  socket.on("error", (error: NodeJS.ErrnoException) => seen.push(`error ${error.code}`));
  socket.on("close", () => seen.push("close"));
  return seen;
}

// #region ways
for (const reads of [true, false]) {
  console.log(reads ? "We read" : "We do not read, and the peer has said something");
  for (const way of ["end", "resetAndDestroy"] as const) {
    const [near, far] = await connection();
    const seen = events(near);
    if (reads) near.resume();
    far.write("something");
    await setTimeout(50); // it arrives before the peer goes
    far[way]();
    await setTimeout(300);
    console.log(`  ${way}(): ${seen.join(", ") || "nothing"}`);
    near.destroy();
    far.destroy();
  }
}
// #endregion
server.close();
