/**
 * Right: Deno's own API, with a finally for every way out.
 *
 * Refused by a test that needs node:net.
 *
 * Runtime: deno
 *
 * @module
 */
const port = Number(Deno.args[0] ?? 65432);

function listen(): Deno.TcpListener {
  try {
    return Deno.listen({ port, hostname: "127.0.0.1" });
  } catch (error) {
    console.error(`Cannot listen on port ${port}: ${(error as Error).message}`);
    Deno.exit(1);
  }
}

const present = new Map<number, Deno.Conn>();
let lastNumber = 0;

const encoder = new TextEncoder();

function tellAll(line: string): void {
  for (const conn of present.values()) tell(conn, line);
}

function tell(conn: Deno.Conn, line: string): void {
  conn.write(encoder.encode(`${line}\n`)).catch(() => {});
}

async function serve(conn: Deno.Conn): Promise<void> {
  const number = ++lastNumber;
  tellAll(`joined ${number}`);
  present.set(number, conn);
  tell(conn, `hello ${number} ${present.size}`);
  const chunk = new Uint8Array(65536);
  try {
    while (await conn.read(chunk) !== null);
  } catch {
    // a reset
  } finally {
    present.delete(number);
    tellAll(`left ${number}`);
    conn.close();
  }
}

const listener = listen();
console.log(`Listening on 127.0.0.1:${listener.addr.port}`);

for (;;) {
  try {
    serve(await listener.accept());
  } catch {
    // a client that had reset before it was accepted
  }
}
