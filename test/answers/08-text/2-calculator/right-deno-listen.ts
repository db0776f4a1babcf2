/**
 * Right: Deno's own API, with a function that checks a request field by field.
 *
 * Refused by a test that needs node:net.
 *
 * Runtime: deno
 *
 * @module
 */
const limitBytes = 65536;
const encoder = new TextEncoder();

const listener = Deno.listen({ port: Number(Deno.args[0] ?? 65432), hostname: "127.0.0.1" });
console.log(`Listening on 127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
for await (const conn of listener) serve(conn).catch(() => {});

async function serve(conn: Deno.TcpConn): Promise<void> {
  using _closing = conn;
  const chunk = new Uint8Array(65536);
  let line = new Uint8Array(0);
  let skips = false;
  for (let n = await conn.read(chunk); n !== null; n = await conn.read(chunk)) {
    let text = "";
    let begin = 0;
    for (let end; (end = chunk.subarray(0, n).indexOf(10, begin)) >= 0; begin = end + 1) {
      if (!skips) text += answer(join(line, chunk.subarray(begin, end)));
      line = new Uint8Array(0);
      skips = false;
    }
    if (!skips) line = join(line, chunk.subarray(begin, n));
    if (line.length > limitBytes + 1) {
      skips = true;
      line = new Uint8Array(0);
      text += refuse("too long");
    }
    await send(conn, text);
  }
  if (line.length > 0) await send(conn, refuse("cut off"));
  await conn.closeWrite();
}

async function send(conn: Deno.TcpConn, text: string): Promise<void> {
  for (let rest = encoder.encode(text); rest.length > 0;) {
    rest = rest.subarray(await conn.write(rest));
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function answer(bytes: Uint8Array): string {
  const line = bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes;
  if (line.length > limitBytes) return refuse("too long");
  let request: unknown;
  try {
    request = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  } catch {
    return refuse("no JSON");
  }
  if (!isObject(request)) return refuse("no object");
  const { id, op, args } = request;
  if (typeof id !== "string" && !isNumber(id)) return refuse("no id");
  if (!Array.isArray(args) || args.length !== 2 || !args.every(isNumber)) {
    return refuse("no two numbers", id);
  }
  const result = calculate(op, args[0]!, args[1]!);
  return isNumber(result) ? `${JSON.stringify({ id, result })}\n` : refuse("no result", id);
}

function calculate(op: unknown, a: number, b: number): number | undefined {
  switch (op) {
    case "add":
      return a + b;
    case "sub":
      return a - b;
    case "mul":
      return a * b;
    case "div":
      return b === 0 ? undefined : a / b;
  }
  return undefined;
}

function isObject(it: unknown): it is Record<string, unknown> {
  return typeof it === "object" && it !== null;
}

function isNumber(it: unknown): it is number {
  return typeof it === "number" && Number.isFinite(it);
}

function refuse(error: string, id: string | number | null = null): string {
  return `${JSON.stringify({ id, error })}\n`;
}
