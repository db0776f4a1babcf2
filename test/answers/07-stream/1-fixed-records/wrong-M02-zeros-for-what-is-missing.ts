/**
 * Wrong, M02: has the next record begin with each chunk, and fills up with zeros what is missing.
 *
 * Says: "05 06 00 00"
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
      const record = new Uint8Array(this.#length);
      record.set(chunk.subarray(at, at + this.#length));
      records.push(record);
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
