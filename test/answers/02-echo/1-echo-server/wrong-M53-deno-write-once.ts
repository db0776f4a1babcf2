/**
 * Wrong, M53: takes Deno's write() for one that writes everything.
 *
 * Says: "bytes out: after byte"
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

for await (const conn of listener) echo(conn).catch(() => {});

async function echo(conn: Deno.Conn): Promise<void> {
  using _closing = conn;
  const chunk = new Uint8Array(8 << 20);
  for (let n = await conn.read(chunk); n !== null; n = await conn.read(chunk)) {
    await conn.write(chunk.subarray(0, n));
  }
}
