/**
 * Wrong, own: takes one record and calls itself for the rest, as deep as there are records.
 *
 * Says: "many messages came in one chunk"
 *
 * @module
 */
export class FixedRecords {
  #record: Uint8Array;
  #filled = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#record = new Uint8Array(length);
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const { length } = this.#record;
    const piece = chunk.subarray(0, length - this.#filled);
    this.#record.set(piece, this.#filled);
    this.#filled += piece.length;
    if (this.#filled < length) return [];
    const record = this.#record;
    this.#record = new Uint8Array(length);
    this.#filled = 0;
    const rest = this.push(chunk.subarray(piece.length));
    rest.unshift(record);
    return rest;
  }

  end(): void {
    if (this.#filled > 0) {
      throw new Error(`The stream ended after ${this.#filled} of ${this.#record.length} bytes`);
    }
  }
}
