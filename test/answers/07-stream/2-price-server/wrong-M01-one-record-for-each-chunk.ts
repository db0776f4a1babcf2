/**
 * Wrong, M01: takes every chunk for one record.
 *
 * Says: "Ada waited in vain for answer 1 of 3 (all records came in one chunk)"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const none = -2147483648;

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  const prices = new Map<number, number>();
  let taken = 0;
  socket.on("data", (chunk) => {
    if (socket.writableEnded) return;
    const [type, first, second] = [chunk[0], chunk.readInt32BE(1), chunk.readInt32BE(5)];
    if (type === 0x50 && second !== none) prices.set(first, second);
    else if (type === 0x41) socket.write(pack(meanOf(prices, first, second)));
    else return void socket.end();
    taken++;
  });
  socket.on("end", () => {
    if (!socket.writableEnded) socket.end(pack(taken));
  });
  socket.on("error", () => {});
});

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
