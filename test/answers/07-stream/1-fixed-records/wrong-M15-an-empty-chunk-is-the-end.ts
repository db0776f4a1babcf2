/**
 * Wrong, M15: takes an empty chunk for the end of the stream, as an empty recv() is.
 *
 * Says: "half a record has come"
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
    if (chunk.length === 0) this.end();
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
