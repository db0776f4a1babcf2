/**
 * Wrong, M14: adds up the lengths of all chunks again with each chunk.
 *
 * Says: "it goes through all bytes again on each chunk"
 * Same as: wrong-M14-joins-at-every-chunk.ts, because a clock sees no more than that
 *
 * @module
 */
export class FixedRecords {
  #chunks: Uint8Array[] = [];
  #length: number;
  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) throw new RangeError(`No length: ${length}`);
    this.#length = length;
  }
  push(chunk: Uint8Array): Uint8Array[] {
    this.#chunks.push(new Uint8Array(chunk));
    if (this.#kept() < this.#length) return [];
    const all = Buffer.concat(this.#chunks);
    const records: Uint8Array[] = [];
    let at = 0;
    for (; at + this.#length <= all.length; at += this.#length) {
      records.push(Uint8Array.from(all.subarray(at, at + this.#length)));
    }
    this.#chunks = [all.subarray(at)];
    return records;
  }
  end(): void {
    if (this.#kept() > 0) throw new Error(`${this.#kept()} of ${this.#length} bytes`);
  }
  #kept(): number {
    return this.#chunks.reduce((sum, it) => sum + it.length, 0);
  }
}
