/**
 * Right: records are Buffers, and small ones share a pool of the runtime.
 *
 * Refused by a test that compares classes, or wants memory that nobody shares.
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #pieces: Buffer[] = [];
  #missing: number;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
    this.#missing = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const records: Uint8Array[] = [];
    for (let at = 0; at < chunk.length;) {
      const piece = Buffer.from(chunk.subarray(at, at + this.#missing));
      this.#pieces.push(piece);
      this.#missing -= piece.length;
      at += piece.length;
      if (this.#missing > 0) break;
      records.push(this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces));
      this.#pieces = [];
      this.#missing = this.#length;
    }
    return records;
  }

  end(): void {
    const { length } = Buffer.concat(this.#pieces);
    if (length > 0) {
      throw new RangeError(`${this.#missing} of ${this.#length} missing after ${length}`);
    }
  }
}
