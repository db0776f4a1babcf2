/**
 * Wrong, own: takes what every object has for an operation, and calls it.
 *
 * Says: "Cannot convert undefined or null to object"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const LIMIT = 65536;
const TOO_LONG = `A line has at most ${LIMIT} bytes`;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

const operations: Record<string, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const kept = new Uint8Array(LIMIT + 1); // a line, and its CR
  let length = 0;
  let skipping = false;

  function keep(bytes: Uint8Array): void {
    if (skipping) return;
    if (length + bytes.length > kept.length) {
      skipping = true;
      tell(failure(null, TOO_LONG));
      return;
    }
    kept.set(bytes, length);
    length += bytes.length;
  }

  function lineEnds(): void {
    if (!skipping) {
      if (length > 0 && kept[length - 1] === 0x0d) length--;
      tell(length > LIMIT ? failure(null, TOO_LONG) : answer(kept.subarray(0, length)));
    }
    skipping = false;
    length = 0;
  }

  function tell(answer: object): void {
    socket.write(`${JSON.stringify(answer)}\n`);
  }

  socket.on("data", (chunk) => {
    let start = 0;
    for (let end; (end = chunk.indexOf(0x0a, start)) >= 0; start = end + 1) {
      keep(chunk.subarray(start, end));
      lineEnds();
    }
    keep(chunk.subarray(start));
  });
  socket.on("end", () => {
    if (length > 0 && !skipping) tell(failure(null, "The stream ended in the middle of a line"));
    socket.end();
  });
  socket.on("error", () => {});
});

type Id = string | number | null;

function failure(id: Id, error: string): object {
  return { id, error };
}

function answer(bytes: Uint8Array): object {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return failure(null, "The line is no UTF-8");
  }
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch {
    return failure(null, "The line is no JSON");
  }
  if (typeof request !== "object" || request === null || Array.isArray(request)) {
    return failure(null, "A request is an object");
  }
  const { id, op, args } = request as Record<string, unknown>;
  if (typeof id !== "string" && !Number.isFinite(id)) {
    return failure(null, "An id is a string or a finite number");
  }
  const calculate = typeof op === "string" ? operations[op] : undefined;
  if (!calculate) return failure(id as Id, "An op is add, sub, mul or div");
  if (!Array.isArray(args) || args.length !== 2 || !args.every(Number.isFinite)) {
    return failure(id as Id, "The args are two finite numbers");
  }
  const result = calculate(args[0], args[1]);
  return Number.isFinite(result)
    ? { id, result }
    : failure(id as Id, "The result is no finite number");
}

process.on("SIGTERM", () => process.exit());

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
