/**
 * Makes what fails most often fail, and prints what `node:net` says of it.
 *
 * Lesson 18. errors.py does the same in Python, and errors-deno.ts with Deno's own calls.
 *
 *     node examples/18-troubleshooting/errors.ts
 *     deno run --allow-net=127.0.0.0/8,192.0.2.1,gone.invalid examples/18-troubleshooting/errors.ts
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";

/** Prints what an event or a call that has to fail fails with. */
async function attempt(what: string, fails: () => Promise<unknown>): Promise<void> {
  try {
    await fails();
    console.log(`${what}: nothing failed`);
  } catch (error) {
    console.log(`${what}: ${error}`);
  }
}

/** Both ends of a new connection. */
async function met(): Promise<{ near: net.Socket; far: net.Socket }> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const near = net.connect((server.address() as net.AddressInfo).port, "127.0.0.1");
  const [[far]] = await Promise.all([once(server, "connection"), once(near, "connect")]);
  server.close();
  return { near, far: far as net.Socket };
}

const taken = net.createServer().listen(0, "127.0.0.1");
await once(taken, "listening");
const { port } = taken.address() as net.AddressInfo;

await attempt("in use", () => once(net.createServer().listen(port, "127.0.0.1"), "listening"));
taken.close();
await once(taken, "close");
await attempt("refused", () => once(net.connect(port, "127.0.0.1"), "connect"));
await attempt("elsewhere", () => once(net.createServer().listen(port, "192.0.2.1"), "listening"));
await attempt("no name", () => once(net.connect(port, "gone.invalid"), "connect"));
await attempt("no way", () => once(net.connect(port, "127.255.255.255"), "connect"));
await attempt("reset", async () => {
  const { near, far } = await met();
  far.resetAndDestroy();
  await once(near, "data");
});
await attempt("behind the end", async () => {
  const { near, far } = await met();
  far.resume();
  near.end();
  near.write("and one more thing");
  await once(near, "close");
});
await attempt("given up", async () => {
  const { near, far } = await met();
  try {
    await once(near, "data", { signal: AbortSignal.timeout(1) });
  } finally {
    near.destroy();
    far.destroy();
  }
});
await attempt("no port", async () => {
  net.connect(70_000, "127.0.0.1");
  await Promise.resolve();
});
