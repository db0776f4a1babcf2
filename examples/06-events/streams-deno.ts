/**
 * Two servers that answer after the client's FIN: one by a web stream, one by read().
 *
 * Lesson 6.
 *
 *     deno run --allow-net=127.0.0.1 examples/06-events/streams-deno.ts
 *
 * @module
 */

// #region stream
async function byStream(conn: Deno.TcpConn): Promise<void> {
  let total = 0;
  for await (const bytes of conn.readable) total += bytes.length;
  await conn.write(new TextEncoder().encode(`${total} bytes`));
}
// #endregion

async function byRead(conn: Deno.TcpConn): Promise<void> {
  const buffer = new Uint8Array(65_536);
  let total = 0;
  for (;;) {
    const count = await conn.read(buffer);
    if (count === null) break;
    total += count;
  }
  await conn.write(new TextEncoder().encode(`${total} bytes`));
  conn.close();
}

for (const [name, serve] of Object.entries({ byStream, byRead })) {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const client = ask(listener.addr.port);
  try {
    await serve(await listener.accept());
    console.log(`${name}: answered`);
  } catch (error) {
    console.log(`${name}: ${(error as Error).name}`);
  }
  console.log(`  the client received "${await client}"`);
}

/** Sends five bytes and a FIN, and reads all of the answer. */
async function ask(port: number): Promise<string> {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  await conn.write(new TextEncoder().encode("hello"));
  await conn.closeWrite();
  const buffer = new Uint8Array(100);
  let answer = "";
  for (;;) {
    const count = await conn.read(buffer);
    if (count === null) return answer;
    answer += new TextDecoder().decode(buffer.subarray(0, count));
  }
}
