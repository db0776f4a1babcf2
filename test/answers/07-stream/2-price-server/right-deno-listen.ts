/**
 * Right: Deno's own API: reads into the place where the record is still empty.
 *
 * Refused by a test that needs node:net.
 *
 * Runtime: deno
 *
 * @module
 */
const none = -2147483648;
const port = Number(Deno.args[0] ?? 65432);
const listener = Deno.listen({ port, hostname: "127.0.0.1" });
console.log(`Listening on 127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);

for (;;) {
  try {
    serve(await listener.accept()).catch(() => {});
  } catch {
    // a client that had reset before it was accepted
  }
}

async function serve(conn: Deno.Conn): Promise<void> {
  using _closing = conn;
  const prices = new Map<number, number>();
  const record = new Uint8Array(9);
  const view = new DataView(record.buffer);
  let taken = 0;
  for (;;) {
    const filled = await fill(conn, record);
    if (filled === 0) await answer(conn, taken);
    if (filled < 9) break;
    const [type, first, second] = [view.getUint8(0), view.getInt32(1), view.getInt32(5)];
    if (type === 0x50 && second !== none) prices.set(first, second);
    else if (type === 0x41) await answer(conn, meanOf(prices, first, second));
    else break;
    taken++;
  }
  await conn.closeWrite();
  // What still comes is read, and dropped: unread, it would make the close a reset.
  while (await conn.read(new Uint8Array(65536)) !== null);
}

/** Reads until the record is full or the client has ended. */
async function fill(conn: Deno.Conn, record: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < record.length) {
    const count = await conn.read(record.subarray(filled));
    if (count === null) break;
    filled += count;
  }
  return filled;
}

async function answer(conn: Deno.Conn, number: number): Promise<void> {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, number);
  for (let sent = 0; sent < 4;) sent += await conn.write(bytes.subarray(sent));
}

function meanOf(prices: Map<number, number>, from: number, to: number): number {
  const found = [...prices].filter(([time]) => from <= time && time <= to);
  const sum = found.reduce((sum, [, price]) => sum + price, 0);
  return found.length > 0 ? Math.floor(sum / found.length) : none;
}
