/**
 * Wrong, M15: takes an empty line for nothing, and sends no answer to it.
 *
 * Says: "the line is empty"
 *
 * @module
 */
import { Buffer } from "node:buffer";
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

class Lines {
  #pieces: Uint8Array[] = [];
  #length = 0;
  #skips = false;

  *push(chunk: Uint8Array): Iterable<Uint8Array | undefined> {
    let begin = 0;
    for (let end; (end = chunk.indexOf(0x0a, begin)) >= 0; begin = end + 1) {
      const isTooLong = this.#keep(chunk.subarray(begin, end));
      const line = this.#takeLine();
      if (!this.#skips) yield isTooLong || line.length > limitBytes ? undefined : line;
      this.#skips = false;
    }
    if (!this.#keep(Uint8Array.from(chunk.subarray(begin)))) return;
    this.#takeLine();
    this.#skips = true;
    yield undefined;
  }

  get isInALine(): boolean {
    return this.#length > 0;
  }

  #keep(piece: Uint8Array): boolean {
    if (this.#skips || piece.length === 0) return false;
    this.#pieces.push(piece);
    this.#length += piece.length;
    return this.#length > limitBytes + 1;
  }

  #takeLine(): Uint8Array {
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
  }
}

function answer(line: Uint8Array | undefined): Answer {
  let id: Id = null;
  try {
    if (line === undefined) throw new RangeError(`A line has at most ${limitBytes} bytes`);
    const request = parse(line);
    id = checkId(request.id);
    const { op, args } = request;
    const operation = operations.get(op);
    if (!operation) throw new TypeError("op is add, sub, mul or div");
    if (!Array.isArray(args) || args.length !== 2) throw new TypeError("args are two numbers");
    const result = operation(checkNumber(args[0]), checkNumber(args[1]));
    return { id, result: checkNumber(result) };
  } catch (error) {
    return { id, error: (error as Error).message };
  }
}

function parse(line: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new TypeError("A request is an object");
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
  const lines = new Lines();
  const send = (answer: Answer) => socket.write(`${JSON.stringify(answer)}\n`);
  socket.on("data", (chunk) => {
    for (const line of lines.push(chunk)) if (line?.length !== 0) send(answer(line));
  });
  socket.on("end", () => {
    if (lines.isInALine) send({ id: null, error: "A line ends in LF" });
    socket.end();
  });
  socket.on("error", () => {});
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
