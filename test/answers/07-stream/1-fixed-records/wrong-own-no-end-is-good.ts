/**
 * Wrong, own: counts the bytes from the beginning of the stream, and takes no end for a good one.
 *
 * Says: "FixedRecords.end() threw behind the last whole message"
 *
 * @module
 */
export class FixedRecords {
  #record: Uint8Array;
  #filled = 0;
  #bytes = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#record = new Uint8Array(length);
  }

  push(chunk: Uint8Array): Uint8Array[] {
    this.#bytes += chunk.length;
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
    if (this.#bytes > 0) {
      throw new Error(`The stream ended after ${this.#bytes} of ${this.#record.length} bytes`);
    }
  }
}
