/**
 * Wrong, own: refuses a wrong length with an error of no class of its own.
 *
 * Says: "wanted a RangeError"
 *
 * @module
 */
export class FixedRecords {
  #record: Uint8Array;
  #filled = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new Error(`A record has at least 1 byte, got ${length}`);
    }
    this.#record = new Uint8Array(length);
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const { length } = this.#record;
    const records: Uint8Array[] = [];
    for (let at = 0; at < chunk.length;) {
      const piece = chunk.subarray(at, at + length - this.#filled);
      this.#record.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
      if (this.#filled < length) break;
      records.push(this.#record);
      this.#record = new Uint8Array(length);
      this.#filled = 0;
    }
    return records;
  }

  end(): void {
    if (this.#filled > 0) {
      throw new Error(`The stream ended after ${this.#filled} of ${this.#record.length} bytes`);
    }
  }
}
