/**
 * A calculator that is asked in lines of JSON, and answers each line by one of its own.
 *
 *     node exercises/08-text/2-calculator.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/08-text/2-calculator.ts [port]
 *
 * - It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 *   none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port.
 * - A line ends in LF, with or without a CR before it. Every line that a client sends is answered by
 *   one line that ends in LF, in the order of the lines, in however many chunks they come.
 * - A request is a JSON object like `{"id": 1, "op": "add", "args": [1, 2]}`. Its `id` is a string or a
 *   finite number; `op` is `add`, `sub`, `mul` or `div`; `args` are two finite numbers. What else is in
 *   it does not matter. The answer is a JSON object with the same `id` and the `result`:
 *   `{"id":1,"result":3}`.
 * - A line that is no such request is answered by an object with an `error`, a text that says why, and
 *   without a `result`. So is a division by zero, and a result that is no finite number, which JSON
 *   has no way to write. The `id` is that of the line, or null when the line has none: when it is
 *   empty, no JSON, no object, no UTF-8, or its id is something else than a string or a finite number.
 * - A line of more than 65536 bytes, without its ending, is answered by an error with the id null, once,
 *   and at the latest when two bytes more than that have come, be it with an ending or without. What
 *   comes of it after that is neither kept nor looked at.
 * - No line ends the connection: the ones behind a bad line are answered as if nothing had happened.
 *   Nor do one client's lines matter to another.
 * - When a client has half-closed, it gets all answers, and then the server ends, too. Bytes behind the
 *   last LF are no line: whatever they look like, an error with the id null answers them, unless they
 *   were too many, and answered already.
 * - A client that resets its connection is no reason to stop.
 * - SIGTERM ends it.
 *
 * @module
 */
// #region cut
import { Buffer } from "node:buffer";
// #endregion
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

// #region cut
const limitBytes = 65_536;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

// A Map, and not an object: that would have a "toString" and a "constructor", too.
const operations = new Map<unknown, (a: number, b: number) => number>([
  ["add", (a, b) => a + b],
  ["sub", (a, b) => a - b],
  ["mul", (a, b) => a * b],
  ["div", divide],
]);

type Id = string | number | null;
type Answer = { id: Id; result: number } | { id: Id; error: string };

/** The lines of one connection, as bytes. */
class Lines {
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** whether it is in a line that was too long, and answered */
  #skips = false;

  /** Gives the lines that a chunk completes; one that is too long comes out as undefined, once. */
  *push(chunk: Uint8Array): Iterable<Uint8Array | undefined> {
    let begin = 0;
    for (let end; (end = chunk.indexOf(lineFeed, begin)) >= 0; begin = end + 1) {
      const isTooLong = this.#keep(chunk.subarray(begin, end));
      const line = this.#takeLine();
      if (!this.#skips) yield isTooLong || line.length > limitBytes ? undefined : line;
      this.#skips = false;
    }
    // A copy: three bytes are not to hold on to a chunk of 64 KiB.
    if (!this.#keep(Uint8Array.from(chunk.subarray(begin)))) return;
    this.#takeLine();
    this.#skips = true;
    yield undefined;
  }

  /** Whether bytes have come behind the last LF that nobody has answered. */
  get isInALine(): boolean {
    return this.#length > 0;
  }

  /** Keeps a piece of a line; tells whether that line is too long whatever follows. */
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
    return bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
  }
}

/** Answers one line; never throws. */
function answer(line: Uint8Array | undefined): Answer {
  let id: Id = null;
  try {
    if (line === undefined) throw new RangeError(`A line has at most ${limitBytes} bytes`);
    const request = parse(line);
    // Before all else: whatever is wrong with the rest, the error says whose it is.
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

/** The object that a line says; its fields may still be anything. */
function parse(line: Uint8Array): Record<string, unknown> {
  const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  if (typeof value === "object" && value !== null) return value as Record<string, unknown>;
  throw new TypeError("A request is an object");
}

function checkId(id: unknown): Id {
  if (typeof id === "string" || Number.isFinite(id)) return id as Id;
  throw new TypeError("id is a string or a finite number");
}

// What is written 1e400 has been read as Infinity, and would be written as null.
function checkNumber(value: unknown): number {
  if (Number.isFinite(value)) return value as number;
  throw new RangeError("The numbers, and the result, are finite");
}

function divide(a: number, b: number): number {
  if (b === 0) throw new RangeError("Division by zero");
  return a / b;
}
// #endregion

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // #region todo Answer each line by one line
  const lines = new Lines();
  // JSON.stringify() writes a line feed within a text as \n: no text of a peer's can end a line.
  const send = (answer: Answer) => socket.write(`${JSON.stringify(answer)}\n`);
  socket.on("data", (chunk) => {
    for (const line of lines.push(chunk)) send(answer(line));
  });
  socket.on("end", () => {
    if (lines.isInALine) send({ id: null, error: "A line ends in LF" });
    socket.end();
  });
  socket.on("error", () => {});
  // #endregion
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
