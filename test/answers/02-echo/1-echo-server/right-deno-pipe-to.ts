/**
 * Right: Deno's own streams, which write a chunk whole before they read the next.
 *
 * Refused by a test that sends more while this side's end is due.
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
  const conn = await listener.accept().catch(() => undefined);
  conn?.readable.pipeTo(conn.writable).catch(() => {});
}
