/**
 * An echo server on `Deno.listen`.
 *
 *     deno run --allow-net=127.0.0.1 bench/echo/deno-listen.ts
 *
 * @module
 */
const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
console.log(`Listening on 127.0.0.1:${listener.addr.port}`);

for (;;) {
  try {
    serve(await listener.accept());
  } catch (error) {
    // A client that came and reset before we got to it.
    if (!(error instanceof Deno.errors.NotConnected)) throw error;
  }
}

async function serve(conn: Deno.TcpConn): Promise<void> {
  using _ = conn;
  const buffer = new Uint8Array(65536);
  try {
    for (;;) {
      const count = await conn.read(buffer);
      if (count === null) return;
      for (let sent = 0; sent < count;) sent += await conn.write(buffer.subarray(sent, count));
    }
  } catch {
    // The client is gone.
  }
}
