/**
 * Right: a promise of the header, and a cursor that takes one number after the other.
 *
 * Refused by a test that calls it without waiting.
 *
 * @module
 */
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";

class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  take(count: number): Uint8Array {
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  number(count: number): number {
    return this.take(count).reduce((sum, byte) => ((sum << 8) | byte) >>> 0, 0);
  }
}

export async function parseHeader(segment: Uint8Array) {
  const bytes = await buffer(Readable.from([segment]));
  if (bytes.length < 20) throw new Error(`${bytes.length}`);
  const cursor = new Cursor(bytes);
  const [sourcePort, destinationPort] = [cursor.number(2), cursor.number(2)];
  const [sequenceNumber, acknowledgmentNumber] = [cursor.number(4), cursor.number(4)];
  const word = cursor.number(2);
  const offset = word >> 12;
  if (offset < 5 || offset * 4 > bytes.length) throw new Error(`${offset}`);
  const [window, checksum, urgentPointer] = [cursor.number(2), cursor.number(2), cursor.number(2)];
  const flag = (name: string, i: number) => [name, (word & 1 << i) !== 0];
  const flags = "fin syn rst psh ack urg ece cwr".split(" ").map(flag);
  return {
    sourcePort,
    destinationPort,
    sequenceNumber,
    acknowledgmentNumber,
    flags: Object.fromEntries(flags),
    window,
    checksum,
    urgentPointer,
    options: readOptions(new Cursor(cursor.take(offset * 4 - 20))),
    payloadOffset: offset * 4,
  };
}

type Reader = (data: Cursor) => Record<string, unknown>;

const readers: Record<string, Reader> = {
  "2 4": (data) => ({ mss: data.number(2) }),
  "3 3": (data) => ({ windowScale: data.number(1) }),
  "4 2": () => ({ sackPermitted: true }),
  "8 10": (data) => ({ timestamps: { value: data.number(4), echo: data.number(4) } }),
  "5 10": readBlocks,
  "5 18": readBlocks,
  "5 26": readBlocks,
  "5 34": readBlocks,
};

function readBlocks(data: Cursor): { sack: unknown[] } {
  const sack = [];
  while (data.left > 0) sack.push({ left: data.number(4), right: data.number(4) });
  return { sack };
}

function readOptions(cursor: Cursor): Record<string, unknown> {
  const others: unknown[] = [];
  const options = { sackPermitted: false, others };
  while (cursor.left > 0) {
    const kind = cursor.number(1);
    if (kind === 0) break;
    if (kind === 1) continue;
    if (cursor.left === 0) throw new Error(`${kind}`);
    const length = cursor.number(1);
    const reader = readers[`${kind} ${length}`];
    const known = [2, 3, 4, 5, 8].includes(kind);
    if (length < 2 || length - 2 > cursor.left || known && !reader) throw new Error(`${length}`);
    const data = cursor.take(length - 2);
    if (reader) Object.assign(options, reader(new Cursor(data)));
    else others.push({ kind, data });
  }
  return options;
}
