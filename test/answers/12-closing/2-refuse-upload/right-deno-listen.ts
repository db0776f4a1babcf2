/**
 * Right: Deno's own calls; the rest is read by a race against a timer.
 *
 * Refused by a test that needs node:net.
 *
 * Runtime: deno
 *
 * @module
 */
const port = Number(Deno.args[0] ?? 65432);
const lingerMs = Number(Deno.args[1] ?? 10_000);
const limitBytes = 65_536;

const listener = Deno.listen({ port, hostname: "127.0.0.1" });
console.log(`Listening on 127.0.0.1:${listener.addr.port}`);
for (;;) {
  const conn = await listener.accept().catch(() => undefined);
  if (conn) serve(conn).catch(() => {});
}

async function say(conn: Deno.TcpConn, text: string): Promise<void> {
  const line = new TextEncoder().encode(text);
  for (let sent = 0; sent < line.length;) sent += await conn.write(line.subarray(sent));
  await conn.closeWrite();
}

/** Counts what comes, up to the end or to more than the most. */
async function count(conn: Deno.TcpConn, most: number): Promise<number> {
  const room = new Uint8Array(65536);
  let bytes = 0;
  while (bytes <= most) {
    const n = await conn.read(room);
    if (n === null) break;
    bytes += n;
  }
  return bytes;
}

async function serve(conn: Deno.TcpConn): Promise<void> {
  using _closing = conn;
  const bytes = await count(conn, limitBytes);
  if (bytes <= limitBytes) return await say(conn, `stored ${bytes}\n`);
  await say(conn, `refused: more than ${limitBytes} bytes\n`);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => timer = setTimeout(resolve, lingerMs));
  const rest = count(conn, Infinity);
  // Closing makes the read that still waits fail.
  rest.catch(() => {});
  await Promise.race([rest, late]);
  clearTimeout(timer);
}
