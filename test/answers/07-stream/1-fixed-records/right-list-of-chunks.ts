/**
 * Right: a list of chunks, joined when they hold a whole record.
 *
 * Refused by a test that forbids to copy a byte twice.
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    this.#chunks.push(Uint8Array.from(chunk));
    this.#bytes += chunk.length;
    if (this.#bytes < this.#length) return [];
    const all = Buffer.concat(this.#chunks);
    const records: Uint8Array[] = [];
    let at = 0;
    for (; at + this.#length <= all.length; at += this.#length) {
      records.push(new Uint8Array(all.subarray(at, at + this.#length)));
    }
    this.#chunks = [new Uint8Array(all.subarray(at))];
    this.#bytes -= at;
    return records;
  }

  end(): void {
    if (this.#bytes > 0) {
      throw new Error(`${this.#bytes} bytes of a record, and ${this.#length} were wanted`);
    }
  }
}
