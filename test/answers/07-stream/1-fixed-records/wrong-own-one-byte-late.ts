/**
 * Wrong, own: gives a record when the first byte of the next one has come.
 *
 * Says: "a record has 4 bytes"
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #bytes: number[] = [];

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const records: Uint8Array[] = [];
    for (const byte of chunk) {
      if (this.#bytes.length === this.#length) {
        records.push(Uint8Array.from(this.#bytes));
        this.#bytes = [];
      }
      this.#bytes.push(byte);
    }
    return records;
  }

  end(): void {
    if (this.#bytes.length % this.#length > 0) {
      throw new Error(`The stream ended after ${this.#bytes.length} of ${this.#length} bytes`);
    }
  }
}
