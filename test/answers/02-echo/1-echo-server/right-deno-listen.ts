/**
 * Right: Deno's own API, with a loop around its partial writes.
 *
 * Refused by a test that needs node:net.
 *
 * Runtime: deno
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

for (;;) {
  try {
    echo(await listener.accept()).catch(() => {});
  } catch {
    // a client that had reset before it was accepted
  }
}

async function echo(conn: Deno.Conn): Promise<void> {
  using _closing = conn;
  const chunk = new Uint8Array(65536);
  for (let n = await conn.read(chunk); n !== null; n = await conn.read(chunk)) {
    for (let at = 0; at < n;) at += await conn.write(chunk.subarray(at, n));
  }
  await conn.closeWrite();
}
