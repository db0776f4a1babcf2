/**
 * Wrong, M02: cuts each chunk by itself, and takes the short piece at its end for a record, too.
 *
 * Says: "push() of 05 06 gave"
 * Same as: wrong-M01-a-chunk-is-a-record.ts, half a record that comes by itself is all it takes for both
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #last = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const records: Uint8Array[] = [];
    for (let at = 0; at < chunk.length; at += this.#length) {
      records.push(chunk.slice(at, at + this.#length));
    }
    this.#last = chunk.length % this.#length;
    return records;
  }

  end(): void {
    if (this.#last > 0) {
      throw new Error(`The stream ended after ${this.#last} of ${this.#length} bytes`);
    }
  }
}
