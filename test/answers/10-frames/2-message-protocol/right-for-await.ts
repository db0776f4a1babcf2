/**
 * Right: reads exactly so many bytes in a loop over the socket, as a blocking program would.
 *
 * Refused by a test that wants all answers to one chunk in one write.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  serve(socket).catch(() => socket.destroy());
});

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});

async function serve(socket: net.Socket): Promise<void> {
  const chunks: AsyncIterator<Buffer> = socket.iterator({ destroyOnReturn: false });
  const client: Client = { greeted: false, over: false, sum: 0 };
  let kept: Buffer = Buffer.alloc(0);
  /** Gives fewer bytes at the end. */
  const upTo = async (count: number) => {
    while (kept.length < count) {
      const { done, value } = await chunks.next();
      if (done) break;
      kept = Buffer.concat([kept, value]);
    }
    const taken = kept.subarray(0, count);
    kept = kept.subarray(taken.length);
    return taken;
  };
  while (!client.over) {
    const header = await upTo(5);
    if (header.length === 0) break;
    const length = header.length < 5 ? 0 : header.readUInt32BE(1);
    if (length > 1024) {
      socket.write(failure(4));
      break;
    }
    const payload = await upTo(length);
    if (header.length < 5 || payload.length < length) {
      socket.write(failure(5));
      break;
    }
    const answer = respond(client, header[0]!, payload);
    socket.write(answer);
    client.over = answer[0] === 132;
  }
  socket.end();
  while (!(await chunks.next()).done);
}

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
      return frame(129, payload);
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
