/**
 * A service that notes prices and tells their mean.
 *
 *     node exercises/07-stream/2-price-server.ts [port]
 *     deno run --allow-net=127.0.0.1 exercises/07-stream/2-price-server.ts [port]
 *
 * It listens on 127.0.0.1 and nowhere else, on the port that it is given: 65432 when it is given
 * none, any free one for 0. Then it prints `Listening on 127.0.0.1:PORT` with the real port. SIGTERM
 * ends it.
 *
 * A client sends records of 9 bytes: a type of one byte, and two whole numbers of 4 bytes each, with
 * a sign, their highest byte first.
 *
 *     0x50 "P", a put   time   price   notes a price
 *     0x41 "A", an ask  from   to      asks for the mean of the prices from one time to the other
 *
 * - A put is not answered. Puts come in any order of times; a second price for the same time takes
 *   the place of the first. A price is never -2147483648.
 * - An ask is answered by a number of 4 bytes, of the same kind: the mean of the prices that this
 *   client has noted so far, for times that are not before `from` and not after `to`, rounded down to
 *   the next whole number; -2147483648 when there are none.
 * - The answers come in the order of the asks, each when its ask has come, in whatever chunks the
 *   stream arrives and however many clients there are. Each client has its own prices.
 * - A record of any other type is a fault, and so is a put of -2147483648. The server answers what
 *   was asked before it, looks at nothing that comes behind it, and ends its direction.
 * - When a client has half-closed behind a whole record, it gets a receipt, and then the server ends
 *   its direction, too. The receipt is one more number of 4 bytes: how many records the server has
 *   taken from this client. Whoever half-closes in the middle of a record gets no receipt, but the
 *   end.
 * - What one client does wrong, a reset included, no other client notices.
 *
 * @module
 */
import net from "node:net";
import process from "node:process";
// #region cut
import { FixedRecords } from "./1-fixed-records.ts";
// #endregion

const port = Number(process.argv[2] ?? 65432);

/** A record as numbers. */
interface Entry {
  /** `"P"`, `"A"`, or what else stands there */
  type: string;
  first: number;
  second: number;
}

/** Takes a record of 9 bytes apart. Lesson 9 tells all about it. */
function unpack(record: Uint8Array): Entry {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  return {
    type: String.fromCharCode(view.getUint8(0)),
    first: view.getInt32(1),
    second: view.getInt32(5),
  };
}

/** The 4 bytes of a number. */
function pack(number: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, number);
  return bytes;
}

// #region todo Listen, cut each client's stream into records, and answer
/** What is answered when there is no price, and so no price itself. */
const none = -2147483648;

const server = net.createServer({ allowHalfOpen: true }, serve);

/** All that is kept of one client lives in here: nobody else can touch it. */
function serve(socket: net.Socket): void {
  const records = new FixedRecords(9);
  const prices = new Map<number, number>();
  let taken = 0;
  socket.on("data", (chunk) => {
    // After a fault what comes is still read, and dropped. If it stayed unread, closing the socket
    // would reset the connection, and answers under way might be lost.
    if (socket.writableEnded) return;
    for (const record of records.push(chunk)) {
      const { type, first, second } = unpack(record);
      if (type === "P" && second !== none) prices.set(first, second);
      else if (type === "A") socket.write(pack(meanOf(prices, first, second)));
      else return void socket.end();
      taken++;
    }
  });
  socket.on("end", () => {
    if (socket.writableEnded) return;
    try {
      records.end();
    } catch {
      socket.end(); // it has not said all that it wanted to say
      return;
    }
    socket.end(pack(taken));
  });
  socket.on("error", () => {});
}

function meanOf(prices: Map<number, number>, from: number, to: number): number {
  let [sum, count] = [0, 0];
  for (const [time, price] of prices) {
    if (time < from || time > to) continue;
    sum += price; // a double holds the sum of four million prices, an integer of 32 bits that of one
    count++;
  }
  // Down, and not towards zero.
  return count > 0 ? Math.floor(sum / count) : none;
}

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
// #endregion
