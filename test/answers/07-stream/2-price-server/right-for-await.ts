/**
 * Right: one loop for each client, with a generator of records inside.
 *
 * Refused by a test that wants answers in as many writes as there are asks.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const none = -2147483648;

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  socket.on("error", () => {});
  serve(socket).catch(() => socket.destroy());
});

async function serve(socket: net.Socket): Promise<void> {
  const prices = new Map<number, number>();
  let taken = 0;
  try {
    for await (const records of recordsOf(socket)) {
      const answers: Uint8Array[] = [];
      for (const record of records) {
        const [first, second] = [record.readInt32BE(1), record.readInt32BE(5)];
        const type = record.toString("latin1", 0, 1);
        if (!"PA".includes(type) || (type === "P" && second === none)) {
          socket.write(Buffer.concat(answers));
          throw new RangeError(`no such record: ${type}`);
        }
        taken++;
        if (type === "P") prices.set(first, second);
        else answers.push(pack(meanOf(prices, first, second)));
      }
      socket.write(Buffer.concat(answers));
    }
    socket.end(pack(taken));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    socket.end();
    socket.resume();
  }
}

/** The whole records of each chunk. */
async function* recordsOf(socket: net.Socket): AsyncGenerator<Buffer[]> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    rest = Buffer.concat([rest, chunk]);
    const records: Buffer[] = [];
    let at = 0;
    for (; at + 9 <= rest.length; at += 9) records.push(rest.subarray(at, at + 9));
    rest = rest.subarray(at);
    yield records;
  }
  if (rest.length > 0) throw new RangeError("the end came in the middle of a record");
}

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});

function pack(number: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(number);
  return bytes;
}

function meanOf(prices: Map<number, number>, from: number, to: number): number {
  const found = [...prices].filter(([time]) => from <= time && time <= to);
  const sum = found.reduce((sum, [, price]) => sum + price, 0);
  return found.length > 0 ? Math.floor(sum / found.length) : none;
}
