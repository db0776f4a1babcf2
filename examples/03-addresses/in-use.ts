/**
 * One server has a port. Which addresses are left for a second one on the same port?
 *
 * Lesson 3.
 *
 *     node examples/03-addresses/in-use.ts
 *     deno run --allow-net=127.0.0.1,127.0.0.2,0.0.0.0,[::1],[::] examples/03-addresses/in-use.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type ListenOptions, type Server } from "node:net";

const first = createServer().listen(0, "127.0.0.1");
await once(first, "listening");
const { port } = first.address() as AddressInfo;
console.log(`One server listens on 127.0.0.1, port ${port}. A second one, same port:`);

await tryToListen("on 127.0.0.1", { host: "127.0.0.1" });
await tryToListen("on 127.0.0.1, reusePort", { host: "127.0.0.1", reusePort: true });
await tryToListen("on 0.0.0.0", { host: "0.0.0.0" });
await tryToListen("on ::", { host: "::" });
await tryToListen("on ::1", { host: "::1" });
await tryToListen("on 127.0.0.2", { host: "127.0.0.2" });

await close(first);
console.log("The first server has closed:");
await tryToListen("on 127.0.0.1", { host: "127.0.0.1" });

async function tryToListen(where: string, options: ListenOptions): Promise<void> {
  // #region try
  const server = createServer().listen({ ...options, port });
  try {
    // That the port is taken comes as "error", and once() makes a rejection of it.
    await once(server, "listening");
    console.log(`${where.padEnd(26)}it listens`);
    await close(server);
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    // Without IPv6 there is no ::1; macOS, it is said, has no 127.0.0.2. Deno then says EINVAL.
    const missing = ["EADDRNOTAVAIL", "EINVAL", "EAFNOSUPPORT"].includes(code);
    console.log(`${where.padEnd(26)}${missing ? "no such address here" : code}`);
  }
  // #endregion
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, "close");
}
