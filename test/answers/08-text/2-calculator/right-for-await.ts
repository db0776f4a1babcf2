/**
 * Right: a loop over the socket, in which one array of bytes grows, with the work done on strings of one character a byte.
 *
 * Refused by a test that wants the server to be half-open by its own doing, or its error texts to be those of JSON.parse().
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { createServer, type Socket } from "node:net";
import process from "node:process";

const longest = 65536;
const operators: [string, (a: number, b: number) => number][] = [
  ["add", (a, b) => a + b],
  ["sub", (a, b) => a - b],
  ["mul", (a, b) => a * b],
  ["div", (a, b) => a / b],
];

async function serve(socket: Socket): Promise<void> {
  let line = "";
  let tooLong = false;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    let answers = "";
    for (const [i, piece] of chunk.toString("latin1").split("\n").entries()) {
      if (i > 0) {
        if (!tooLong) answers += respond(line);
        line = "";
        tooLong = false;
      }
      if (tooLong) continue;
      line += piece;
      if (line.length < longest + 2) continue;
      answers += refuse(null, "too long");
      tooLong = true;
      line = "";
    }
    if (answers && !socket.write(answers)) {
      await new Promise<void>((go) => socket.once("drain", go).once("close", go));
    }
  }
  socket.end(line ? refuse(null, "the end came too early") : "");
}

function respond(text: string): string {
  const line = text.replace(/\r$/, "");
  if (line.length > longest) return refuse(null, "too long");
  let it: Record<string, unknown>;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    it = Object(JSON.parse(decoder.decode(Buffer.from(line, "latin1"))));
  } catch {
    return refuse(null, "no JSON in UTF-8");
  }
  const id = it.id;
  if (typeof id !== "string" && !isFinite(id)) return refuse(null, "no id");
  const operator = operators.find(([name]) => name === it.op)?.[1];
  if (!operator) return refuse(id, "unknown op");
  const [a, b, ...more] = Array.isArray(it.args) ? it.args : [];
  if (!isFinite(a) || !isFinite(b) || more.length > 0) return refuse(id, "no two numbers");
  const result = operator(a, b);
  if (!isFinite(result)) return refuse(id, "no number comes out");
  return `${JSON.stringify({ result, id })}\n`;
}

function isFinite(it: unknown): it is number {
  return Number.isFinite(it);
}

function refuse(id: string | number | null, error: string): string {
  return `${JSON.stringify({ error, id })}\n`;
}

const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  serve(socket).catch(() => socket.destroy());
});
server.listen(Number(process.argv[2] ?? 65432), "127.0.0.1", () => {
  const at = server.address();
  if (at && typeof at === "object") console.log(`Listening on ${at.address}:${at.port}`);
});
