/**
 * The echo server once more, with Deno's own calls instead of `node:net`.
 *
 * Lesson 2.
 *
 *     deno run --allow-net=127.0.0.1 examples/02-echo/echo-server-deno.ts [port]
 *
 * @module
 */
const port = Number(Deno.args[0] ?? 65432);

// #region accept
const listener = listen();
console.log(`Listening on ${listener.addr.hostname}:${listener.addr.port}`);

// Each turn accepts one client. Nothing awaits serve(): the next client is accepted while this one
// is still being served.
for (;;) {
  try {
    serve(await listener.accept());
  } catch (error) {
    // A client that came and reset before we got to it. `for await (const conn of listener)` is
    // shorter, and would end here, and the program with it.
    if (!(error instanceof Deno.errors.NotConnected)) throw error;
  }
}
// #endregion

/** Listens, or says why not and ends the program. */
function listen(): Deno.TcpListener {
  try {
    return Deno.listen({ hostname: "127.0.0.1", port });
  } catch (error) {
    // Deno's listen() is done when it returns, so a port that is taken is thrown on the spot.
    const reason = error instanceof Deno.errors.AddrInUse ? "the port is taken" : error;
    console.error(`Cannot listen on 127.0.0.1:${port}: ${reason}`);
    Deno.exit(1);
  }
}

/** Echoes to one client until its FIN. Never rejects: a rejection would end the whole program. */
async function serve(conn: Deno.TcpConn): Promise<void> {
  const client = `${conn.remoteAddr.hostname}:${conn.remoteAddr.port}`;
  console.log(`${client} connected`);
  try {
    const buffer = new Uint8Array(65536);
    let total = 0;
    // #region echo
    for (;;) {
      const count = await conn.read(buffer);
      if (count === null) break; // the client's FIN
      total += count;
      // write() takes what fits into the kernel's buffer and says how much that was.
      for (let sent = 0; sent < count;) {
        sent += await conn.write(buffer.subarray(sent, count));
      }
    }
    // #endregion
    console.log(`${client} sent ${total} bytes, then its FIN`);
  } catch (error) {
    console.log(`${client} failed: ${error instanceof Error ? error.name : error}`);
  } finally {
    // Our FIN, behind the last byte. All of the client's bytes have been read: none is lost.
    conn.close();
    console.log(`${client} closed`);
  }
}
