/**
 * Right: a generator that is sent chunks, and keeps what is left over in its own variables.
 *
 * Refused by a test that looks at fields, or calls the class without a constructor.
 *
 * @module
 */
/** What a generator gives for each chunk, and takes. */
type Cutter = Generator<Uint8Array[], void, Uint8Array | "end">;

function* cut(length: number): Cutter {
  let records: Uint8Array[] = [];
  let record = new Uint8Array(length);
  let filled = 0;
  for (;;) {
    const chunk = yield records;
    records = [];
    if (chunk === "end") {
      if (filled > 0) throw new Error(`ended after ${filled} of ${length} bytes`);
      return;
    }
    for (let at = 0; at < chunk.length;) {
      const until = Math.min(chunk.length, at + length - filled);
      record.set(chunk.subarray(at, until), filled);
      filled += until - at;
      at = until;
      if (filled < length) continue;
      records.push(record);
      record = new Uint8Array(length);
      filled = 0;
    }
  }
}

export class FixedRecords {
  readonly #cutter: Cutter;

  constructor(length: number) {
    if (!(Number.isSafeInteger(length) && length > 0)) throw new RangeError(`length ${length}`);
    this.#cutter = cut(length);
    this.#cutter.next();
  }

  push(chunk: Uint8Array): Uint8Array[] {
    return this.#cutter.next(chunk).value as Uint8Array[];
  }

  end(): void {
    this.#cutter.next("end");
  }
}
