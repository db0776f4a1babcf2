/**
 * Wrong, M04: gives the whole records of each chunk, and forgets the piece at its end.
 *
 * Says: "2 bytes had come before"
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
    let at = 0;
    for (; at + this.#length <= chunk.length; at += this.#length) {
      records.push(chunk.slice(at, at + this.#length));
    }
    this.#last = chunk.length - at;
    return records;
  }

  end(): void {
    if (this.#last > 0) {
      throw new Error(`The stream ended after ${this.#last} of ${this.#length} bytes`);
    }
  }
}
