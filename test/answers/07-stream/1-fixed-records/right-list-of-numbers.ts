/**
 * Right: keeps bytes as a list of numbers.
 *
 * Refused by a test that times it against copying in blocks, or wants one byte to take one byte.
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #bytes: number[] = [];

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) throw new RangeError(`length ${length}`);
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const records: Uint8Array[] = [];
    for (const byte of chunk) {
      this.#bytes.push(byte);
      if (this.#bytes.length < this.#length) continue;
      records.push(Uint8Array.from(this.#bytes));
      this.#bytes = [];
    }
    return records;
  }

  end(): void {
    const { length } = this.#bytes;
    if (length > 0) throw new Error(`${length} bytes have come, ${this.#length} were due`);
  }
}
