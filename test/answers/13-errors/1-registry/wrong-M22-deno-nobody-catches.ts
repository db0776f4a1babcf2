/**
 * Wrong, M22: serves each client in a promise that nobody catches.
 *
 * Says: "while it served: ConnectionReset"
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
  while (await conn.read(chunk) !== null);
  present.delete(number);
  tellAll(`left ${number}`);
  conn.close();
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
