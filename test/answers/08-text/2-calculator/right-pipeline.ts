/**
 * Right: three streams, one behind the other: bytes to lines, lines to answers, answers to the socket.
 *
 * Refused by a test that wants the errors of a connection to be listened to by name.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import net from "node:net";
import process from "node:process";
import { pipeline } from "node:stream/promises";

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

type Line = Uint8Array | "too long" | "cut off";

async function* lines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Line> {
  let line = Buffer.alloc(0);
  let skips = false;
  for await (let chunk of chunks) {
    for (let end; (end = chunk.indexOf(10)) >= 0; chunk = chunk.subarray(end + 1)) {
      if (!skips) yield cut(Buffer.concat([line, chunk.subarray(0, end)]));
      line = Buffer.alloc(0);
      skips = false;
    }
    if (skips) continue;
    line = Buffer.concat([line, chunk]);
    if (line.length < limitBytes + 2) continue;
    skips = true;
    line = Buffer.alloc(0);
    yield "too long";
  }
  if (line.length > 0) yield "cut off";
}

function cut(bytes: Uint8Array): Line {
  const line = bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes;
  return line.length > limitBytes ? "too long" : line;
}

async function* answers(lines: AsyncIterable<Line>): AsyncIterable<string> {
  for await (const line of lines) yield `${JSON.stringify(answer(line))}\n`;
}

function answer(line: Line): Answer {
  if (typeof line === "string") return { id: null, error: line };
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
  pipeline(socket, lines, answers, socket).catch(() => {});
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
