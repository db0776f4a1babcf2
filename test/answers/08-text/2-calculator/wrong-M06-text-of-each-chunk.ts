/**
 * Wrong, M06: makes text of each chunk, in which half a character is U+FFFD.
 *
 * Says: "na��ve"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const limitBytes = 65_536;

const operations = new Map<unknown, (a: number, b: number) => number>([
  ["add", (a, b) => a + b],
  ["sub", (a, b) => a - b],
  ["mul", (a, b) => a * b],
  ["div", divide],
]);

type Id = string | number | null;
type Answer = { id: Id; result: number } | { id: Id; error: string };

function answer(line: string): Answer {
  let id: Id = null;
  try {
    if (new TextEncoder().encode(line).length > limitBytes) {
      throw new RangeError(`A line has at most ${limitBytes} bytes`);
    }
    const request: unknown = JSON.parse(line);
    if (typeof request !== "object" || request === null) throw new TypeError("No object");
    const { id: its, op, args } = request as Record<string, unknown>;
    id = checkId(its);
    const operation = operations.get(op);
    if (!operation) throw new TypeError("op is add, sub, mul or div");
    if (!Array.isArray(args) || args.length !== 2) throw new TypeError("args are two numbers");
    const result = operation(checkNumber(args[0]), checkNumber(args[1]));
    return { id, result: checkNumber(result) };
  } catch (error) {
    return { id, error: (error as Error).message };
  }
}

function checkId(id: unknown): Id {
  if (typeof id === "string" || Number.isFinite(id)) return id as Id;
  throw new TypeError("id is a string or a finite number");
}

function checkNumber(value: unknown): number {
  if (Number.isFinite(value)) return value as number;
  throw new RangeError("The numbers, and the result, are finite");
}

function divide(a: number, b: number): number {
  if (b === 0) throw new RangeError("Division by zero");
  return a / b;
}

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let rest = "";
  let skips = false;
  const send = (answer: Answer) => socket.write(`${JSON.stringify(answer)}\n`);
  socket.on("data", (chunk) => {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (!skips) send(answer(line.replace(/\r$/, "")));
      skips = false;
    }
    if (rest.length < limitBytes + 2) return;
    if (!skips) send({ id: null, error: `A line has at most ${limitBytes} bytes` });
    skips = true;
    rest = "";
  });
  socket.on("end", () => {
    if (rest) send({ id: null, error: "A line ends in LF" });
    socket.end();
  });
  socket.on("error", () => {});
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
