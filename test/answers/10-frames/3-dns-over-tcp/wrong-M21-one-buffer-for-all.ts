/**
 * Wrong, M21: keeps what has come in one variable for all clients.
 *
 * Says: "Ada's query, whose halves"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

let kept: Buffer = Buffer.alloc(0);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let over = false;
  socket.on("data", (chunk) => {
    if (over) return;
    kept = Buffer.concat([kept, chunk]);
    while (kept.length >= 2) {
      const length = kept.readUInt16BE(0);
      if (length < 12 || length > 4096) {
        over = true;
        socket.end();
        return;
      }
      if (kept.length < 2 + length) return;
      const reply = respond(kept.subarray(2, 2 + length));
      kept = kept.subarray(2 + length);
      if (reply) socket.write(frame(reply));
    }
  });
  socket.on("end", () => socket.end());
  socket.on("error", () => socket.destroy());
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});

function frame(reply: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(reply.length);
  return Buffer.concat([length, reply]);
}

function respond(query: Buffer): Buffer | null {
  const flags = query.readUInt16BE(2);
  if (flags & 0x8000) return null;
  if (flags & 0x7800) return refuse(query, 4);
  const question = readQuestion(query);
  if (!question) return refuse(query, 1);
  const known = question.labels.length === 2 && question.labels[0] === "course" &&
    question.labels[1] === "test";
  const found = known && question.type === 1 && question.class === 1;
  const header = Buffer.alloc(12);
  header.writeUInt16BE(query.readUInt16BE(0), 0);
  header.writeUInt16BE(0x8400 | flags & 0x0100 | (known ? 0 : 3), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(found ? 1 : 0, 6);
  const record = Buffer.from("c00c000100010000003c0004c0000207", "hex");
  return Buffer.concat([header, question.bytes, ...(found ? [record] : [])]);
}

function refuse(query: Buffer, code: number): Buffer {
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8000 | query.readUInt16BE(2) & 0x7900 | code, 2);
  return header;
}

function readQuestion(query: Buffer) {
  if (query.readUInt16BE(4) !== 1) return null;
  const labels: string[] = [];
  let at = 12;
  while (at < query.length && query[at] !== 0) {
    const length = query[at]!;
    if (length > 63) return null;
    labels.push(query.toString("latin1", at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  if (at + 5 > query.length) return null;
  return {
    labels,
    type: query.readUInt16BE(at + 1),
    class: query.readUInt16BE(at + 3),
    bytes: query.subarray(12, at + 5),
  };
}
