/**
 * Wrong, own: decodes a name and encodes it again, and loses U+FEFF.
 *
 * Says: "\ufeffAda"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const client = { greeted: false, over: false, sum: 0 };
  let kept: Buffer = Buffer.alloc(0);
  const finish = (...last: Buffer[]) => {
    client.over = true;
    for (const frame of last) socket.write(frame);
    socket.end();
  };
  socket.on("data", (chunk) => {
    if (client.over) return;
    kept = Buffer.concat([kept, chunk]);
    while (!client.over && kept.length >= 5) {
      const length = kept.readUInt32BE(1);
      if (length > 1024) return finish(failure(4));
      if (kept.length < 5 + length) return;
      const answer = respond(client, kept[0]!, kept.subarray(5, 5 + length));
      kept = kept.subarray(5 + length);
      socket.write(answer);
      if (answer[0] === 132) finish();
    }
  });
  socket.on("end", () => {
    if (client.over) return;
    if (kept.length > 0) finish(failure(5));
    else finish();
  });
  socket.on("error", () => socket.destroy());
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});

interface Client {
  greeted: boolean;
  over: boolean;
  sum: number;
}

function frame(type: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

function failure(number: number): Buffer {
  return frame(255, Buffer.of(number));
}

function respond(client: Client, type: number, payload: Buffer): Buffer {
  if (type < 1 || type > 4) return failure(1);
  if (client.greeted === (type === 1)) return failure(2);
  switch (type) {
    case 1: {
      const name = payload.toString("utf8");
      if (payload.length < 1 || payload.length > 32) return failure(3);
      if (!Buffer.from(name).equals(payload)) return failure(3);
      client.greeted = true;
      return frame(129, Buffer.from(new TextDecoder().decode(payload)));
    }
    case 2:
      if (payload.length !== 4) return failure(3);
      client.sum += payload.readUInt32BE(0);
      return sumOf(client);
    case 3:
      return payload.length === 0 ? sumOf(client) : failure(3);
    default:
      return payload.length === 0 ? frame(132, payload) : failure(3);
  }
}

function sumOf(client: Client): Buffer {
  const sum = Buffer.alloc(8);
  sum.writeBigUInt64BE(BigInt(client.sum));
  return frame(130, sum);
}
