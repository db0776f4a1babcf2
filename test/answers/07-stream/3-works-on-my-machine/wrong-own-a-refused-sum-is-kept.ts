/**
 * Wrong, own: refuses a sum of nine digits, and keeps it.
 *
 * Says: "and changes nothing"
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

/** The sums belong to the service: all clients add to the same. */
const totals = new Map<string, number>();

// With allowHalfOpen this side is still open when the client's end has come: there may be an answer
// to write.
const server = net.createServer({ allowHalfOpen: true }, (socket) => {
  // What has come of a request belongs to the connection.
  const requests = new FixedRecords(12);
  socket.on("data", (chunk) => {
    for (const request of requests.push(chunk)) socket.write(answer(request));
  });
  socket.on("end", () => {
    try {
      requests.end();
      socket.end();
    } catch {
      socket.end("--------");
    }
  });
  socket.on("error", () => {});
});

/** The answer to one request of 12 bytes. */
function answer(request: Uint8Array): string {
  const text = String.fromCharCode(...request);
  const name = text.slice(0, 8);
  const amount = text.slice(8);
  const total = (totals.get(name) ?? 0) + Number(amount);
  if (!/^\d{4}$/.test(amount)) return "--------";
  totals.set(name, total);
  if (total > 99_999_999) return "--------";
  return String(total).padStart(8, "0");
}

server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(`Listening on 127.0.0.1:${port}`);
});
