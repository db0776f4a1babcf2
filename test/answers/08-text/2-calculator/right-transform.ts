/**
 * Right: a stream of its own between the socket and the socket, whose flush() sees what is left at the end.
 *
 * Refused by a test that wants the end to be answered in a listener for "end".
 *
 * @module
 */
import { Buffer } from "node:buffer";
import net from "node:net";
import process from "node:process";
import { Transform } from "node:stream";

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

/** Takes bytes, gives lines of JSON. */
class Calculator extends Transform {
  #line = Buffer.alloc(0);
  #skips = false;

  override _transform(chunk: Buffer, _encoding: string, done: () => void): void {
    let rest = chunk;
    for (let end; (end = rest.indexOf(10)) >= 0; rest = rest.subarray(end + 1)) {
      const line = Buffer.concat([this.#line, rest.subarray(0, end)]);
      if (!this.#skips) this.#say(answer(line.at(-1) === 13 ? line.subarray(0, -1) : line));
      this.#line = Buffer.alloc(0);
      this.#skips = false;
    }
    if (!this.#skips) this.#line = Buffer.concat([this.#line, rest]);
    if (this.#line.length >= limitBytes + 2) {
      this.#say({ id: null, error: "too long" });
      this.#skips = true;
      this.#line = Buffer.alloc(0);
    }
    done();
  }

  override _flush(done: () => void): void {
    if (this.#line.length > 0) this.#say({ id: null, error: "cut off" });
    done();
  }

  #say(answer: Answer): void {
    this.push(`${JSON.stringify(answer)}\n`);
  }
}

function answer(line: Uint8Array): Answer {
  if (line.length > limitBytes) return { id: null, error: "too long" };
  let id: Id = null;
  try {
    const request = parse(line);
    id = checkId(request.id);
    const operation = operations.get(request.op);
    const args = request.args;
    if (!operation || !Array.isArray(args) || args.length !== 2) throw new Error("bad op or args");
    return { id, result: checkNumber(operation(checkNumber(args[0]), checkNumber(args[1]))) };
  } catch (error) {
    return { id, error: String(error) };
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
  socket.on("error", () => {});
  socket.pipe(new Calculator()).pipe(socket);
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
