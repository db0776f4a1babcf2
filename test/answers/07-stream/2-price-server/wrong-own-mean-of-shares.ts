/**
 * Wrong, own: adds up what each price contributes, and so rounds each of them.
 *
 * Says: "ten times 1 was put"
 *
 * @module
 */
import { Buffer } from "node:buffer";
import net from "node:net";
import process from "node:process";

class FixedRecords {
  readonly #bytes: number;
  #rest: Uint8Array = new Uint8Array();

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const all = Buffer.concat([this.#rest, chunk]);
    const whole = Math.floor(all.length / this.#bytes);
    this.#rest = all.subarray(whole * this.#bytes);
    return Array.from(
      { length: whole },
      (_, i) => all.subarray(i * this.#bytes, (i + 1) * this.#bytes),
    );
  }

  end(): void {
    if (this.#rest.length > 0) throw new Error("It ends in the middle of a record");
  }
}

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
  const all = [...prices].filter(([time]) => time >= from && time <= to);
  if (all.length === 0) return none;
  return Math.floor(all.reduce((mean, [, price]) => mean + price / all.length, 0));
}

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
