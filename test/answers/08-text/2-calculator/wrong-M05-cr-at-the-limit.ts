/**
 * Wrong, M05: counts a CR whose LF is still to come as one byte of the line.
 *
 * Says: "the line has 65536 bytes, and CR LF in two chunks"
 *
 * @module
 */
import { Buffer } from "node:buffer";
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

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
      this.#keep(chunk.subarray(begin, end));
      const line = this.#takeLine();
      if (!this.#skips) yield line.length > limitBytes ? undefined : line;
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
    return this.#length > limitBytes;
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

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
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
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
