/**
 * Listens on four addresses in turn, connects to each in four ways, and prints who got through.
 *
 * Lesson 3.
 *
 *     node examples/03-addresses/listen-matrix.ts
 *     deno run --allow-net=127.0.0.1,[::1],0.0.0.0,[::] examples/03-addresses/listen-matrix.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, isIP, type Server } from "node:net";
import { text } from "node:stream/consumers";

// #region ways
/** Ways to connect: a name, or an address, and the addresses that are tried for it, in turn. */
const ways: Record<string, string[]> = {
  "127.0.0.1": ["127.0.0.1"],
  "::1": ["::1"],
  "localhost, one": ["127.0.0.1"],
  "localhost, both": ["::1", "127.0.0.1"],
};
// #endregion

console.log(row("", ["connect to"]));
console.log(row("listen on", Object.keys(ways)));
let without = "";
for (const host of ["127.0.0.1", "::1", "0.0.0.0", "::"]) {
  // Tells each client the address that it sees at the client's end.
  const server = createServer((socket) => socket.end(`${socket.remoteAddress}`));
  server.listen(0, host);
  try {
    await once(server, "listening");
    const cells: string[] = [];
    for (const addresses of Object.values(ways)) cells.push(await reach(server, addresses));
    console.log(row(host, cells));
  } catch (error) {
    without = `This machine has no ${host}: ${(error as Error).message}`;
    console.log(row(host, ["cannot listen"]));
  }
  server.close();
}
if (without) console.log(without);

/** What the server says of a client that connects, or "refused". */
async function reach(server: Server, addresses: string[]): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  // #region reach
  const socket = connect({
    port,
    host: "localhost",
    // The function that turns the name into addresses: ours asks nobody, and gives those above.
    lookup: (_name, options, callback) =>
      options.all ? callback(null, all) : callback(null, all[0]!.address, all[0]!.family),
  });
  try {
    return await text(socket);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ECONNREFUSED" ? "refused" : "no way";
  }
  // #endregion
}

function row(first: string, cells: string[]): string {
  return (first.padEnd(11) + cells.map((cell) => cell.padEnd(17)).join("")).trimEnd();
}
