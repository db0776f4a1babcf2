/**
 * Wrong, M56: awaits each client in the loop that accepts them.
 *
 * Says: "while Ada was connected"
 * Runtime: deno
 * Same as: wrong-M56-one-at-a-time.ts, the same mistake in Deno's own API
 *
 * @module
 */

let listener: Deno.TcpListener;
try {
  listener = Deno.listen({ port: Number(Deno.args[0] ?? 65432), hostname: "127.0.0.1" });
} catch (error) {
  console.error(`Cannot listen: ${(error as Error).message}`);
  Deno.exit(1);
}
console.log(`Listening on 127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);

for await (const conn of listener) {
  using _closing = conn;
  try {
    const chunk = new Uint8Array(65536);
    for (let n = await conn.read(chunk); n !== null; n = await conn.read(chunk)) {
      for (let at = 0; at < n;) at += await conn.write(chunk.subarray(at, n));
    }
  } catch {
    // a reset
  }
}
