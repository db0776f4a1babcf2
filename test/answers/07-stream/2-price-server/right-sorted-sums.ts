/**
 * Right: prices in the order of their times, with a search by halves, and sums of BigInt.
 *
 * Refused by a test that looks at how long a put takes.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const none = -2147483648;

const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  let rest: Buffer = Buffer.alloc(0);
  const times: number[] = [];
  const prices: bigint[] = [];
  let taken = 0;
  socket.on("data", (chunk) => {
    if (socket.writableEnded) return;
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 9) {
      const [type, first, second] = [rest[0], rest.readInt32BE(1), rest.readInt32BE(5)];
      rest = rest.subarray(9);
      if (type === 0x50 && second !== none) note(times, prices, first, BigInt(second));
      else if (type === 0x41) socket.write(pack(meanOf(times, prices, [first, second])));
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

/** Where a time stands, or would stand. */
function placeOf(times: number[], time: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function note(times: number[], prices: bigint[], time: number, price: bigint): void {
  const at = placeOf(times, time);
  const known = times[at] === time ? 1 : 0;
  times.splice(at, known, time);
  prices.splice(at, known, price);
}

function meanOf(times: number[], prices: bigint[], [from, to]: [number, number]): number {
  const found = prices.slice(placeOf(times, from), placeOf(times, to + 1));
  if (found.length === 0) return none;
  const sum = found.reduce((sum, price) => sum + price, 0n);
  const count = BigInt(found.length);
  // BigInt divides towards zero.
  const down = sum < 0n && sum % count !== 0n ? 1n : 0n;
  return Number(sum / count - down);
}
