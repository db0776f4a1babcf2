/**
 * Makes what fails most often fail, and prints what Deno's own calls say of it.
 *
 * Lesson 18. errors.ts does the same with `node:net`, and errors.py in Python.
 *
 *     deno run --allow-net=127.0.0.0/8,gone.invalid examples/18-troubleshooting/errors-deno.ts
 *
 * @module
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

const hostname = "127.0.0.1";
const word = new TextEncoder().encode("word");

/** Prints what a call that has to fail fails with. */
async function attempt(what: string, fails: () => unknown): Promise<void> {
  try {
    await fails();
    console.log(`${what}: nothing failed`);
  } catch (error) {
    console.log(`${what}: ${error}`);
  }
}

/** Both ends of a new connection. */
async function met(): Promise<{ near: Deno.TcpConn; far: Deno.TcpConn }> {
  using listener = Deno.listen({ hostname, port: 0 });
  const [near, far] = await Promise.all([
    Deno.connect({ hostname, port: listener.addr.port }),
    listener.accept(),
  ]);
  return { near, far };
}

/** A connection whose peer has sent RST: of its own, Deno has no call for that. */
async function reset(): Promise<Deno.TcpConn> {
  const server = createServer().listen(0, hostname);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const [[far], near] = await Promise.all([
    once(server, "connection"),
    Deno.connect({ hostname, port }),
  ]);
  server.close();
  (far as Socket).resetAndDestroy();
  return near;
}

const taken = Deno.listen({ hostname, port: 0 });
const { port } = taken.addr;

await attempt("in use", () => Deno.listen({ hostname, port }));
taken.close();
await attempt("refused", () => Deno.connect({ hostname, port }));
await attempt("no name", () => Deno.connect({ hostname: "gone.invalid", port }));
await attempt("no way", () => Deno.connect({ hostname: "127.255.255.255", port }));
await attempt("reset", async () => {
  using near = await reset();
  await near.read(new Uint8Array(9));
});
await attempt("behind the end", async () => {
  const { near, far } = await met();
  using _far = far;
  using end = near;
  await end.closeWrite();
  await end.write(word);
});
await attempt("closed here", async () => {
  const { near, far } = await met();
  far.close();
  near.close();
  await near.read(new Uint8Array(9));
});
await attempt("no port", () => Deno.connect({ hostname, port: 70_000 }));
await attempt("not allowed", () => Deno.connect({ hostname: "192.0.2.1", port }));
