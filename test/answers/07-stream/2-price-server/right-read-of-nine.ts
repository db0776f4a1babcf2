/**
 * Right: asks the socket for nine bytes at a time: read(9) gives null until they are there.
 *
 * Refused by a test that looks for a listener for data.
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
  let cut = false;
  socket.on("readable", () => {
    for (let it: Buffer | null; (it = socket.read(9));) {
      if (socket.writableEnded) continue;
      // At the end it gives what is left, however little that is.
      cut = it.length < 9;
      if (cut) return;
      const [first, second] = [it.readInt32BE(1), it.readInt32BE(5)];
      if (it[0] === 0x50 && second !== none) prices.set(first, second);
      else if (it[0] === 0x41) socket.write(pack(meanOf(prices, first, second)));
      else socket.end();
      taken++;
    }
  });
  socket.on("end", () => {
    if (!socket.writableEnded) cut ? socket.end() : socket.end(pack(taken));
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
