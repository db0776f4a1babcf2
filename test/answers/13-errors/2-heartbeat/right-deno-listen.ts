/**
 * Right: Deno's own API: a read that is raced by a timer.
 *
 * Refused by a test that needs node:net.
 *
 * Runtime: deno
 *
 * @module
 */
const [port = 65432, intervalMs = 5000, limitMs = 15_000] = Deno.args.map(Number);

const encoder = new TextEncoder();
const conns = new Set<Deno.Conn>();

const listener = Deno.listen({ port, hostname: "127.0.0.1" });
console.log(`Listening on 127.0.0.1:${listener.addr.port}`);

Deno.addSignalListener("SIGTERM", () => {
  for (const conn of conns) close(conn);
  Deno.exit(0);
});

function close(conn: Deno.Conn): void {
  if (conns.delete(conn)) conn.close();
}

async function serve(conn: Deno.Conn): Promise<void> {
  conns.add(conn);
  const tell = (line: string) => conn.write(encoder.encode(`${line}\n`)).catch(() => {});
  const timer = setInterval(() => tell("ping"), intervalMs);
  let limit: ReturnType<typeof setTimeout> | undefined;
  const renew = () => {
    clearTimeout(limit);
    limit = setTimeout(() => close(conn), limitMs);
  };
  try {
    const [chunk, decoder] = [new Uint8Array(65536), new TextDecoder()];
    let rest = "";
    renew();
    for (let n = await conn.read(chunk); n !== null; n = await conn.read(chunk)) {
      renew();
      const lines = (rest + decoder.decode(chunk.subarray(0, n), { stream: true })).split("\n");
      rest = lines.pop()!;
      for (const line of lines) if (line === "ping") await tell("pong");
    }
  } catch {
    // a reset, or it was given up
  } finally {
    clearInterval(timer);
    clearTimeout(limit);
    close(conn);
  }
}

for (;;) {
  try {
    serve(await listener.accept());
  } catch {
    // a client that had reset before it was accepted
  }
}
