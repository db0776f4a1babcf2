/**
 * Wrong, own: keeps a list, where a second price for the same time stands beside the first.
 *
 * Says: "50 took the place of 10"
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const none = -2147483648;

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let rest: Buffer = Buffer.alloc(0);
  const prices: [number, number][] = [];
  let taken = 0;
  socket.on("data", (chunk) => {
    if (socket.writableEnded) return;
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 9) {
      const [type, first, second] = [rest[0], rest.readInt32BE(1), rest.readInt32BE(5)];
      rest = rest.subarray(9);
      if (type === 0x50 && second !== none) prices.push([first, second]);
      else if (type === 0x41) socket.write(pack(meanOf(prices, first, second)));
      else return void socket.end();
      taken++;
    }
  });
  socket.on("end", () => {
    if (socket.writableEnded) return;
    if (rest.length > 0) socket.end();
    else socket.end(pack(taken));
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

function meanOf(prices: [number, number][], from: number, to: number): number {
  const found = prices.filter(([time]) => from <= time && time <= to);
  const sum = found.reduce((sum, [, price]) => sum + price, 0);
  return found.length > 0 ? Math.floor(sum / found.length) : none;
}
