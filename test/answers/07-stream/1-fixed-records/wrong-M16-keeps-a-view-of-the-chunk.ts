/**
 * Wrong, M16: copies every record, and keeps what is left over as a view of the chunk.
 *
 * Says: "kept a view of a chunk, and its memory was used again"
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #rest: Uint8Array[] = [];
  #bytes = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    this.#rest.push(chunk);
    this.#bytes += chunk.length;
    const records: Uint8Array[] = [];
    if (this.#bytes < this.#length) return records;
    const all = Buffer.concat(this.#rest);
    let at = 0;
    for (; at + this.#length <= all.length; at += this.#length) {
      records.push(Uint8Array.from(all.subarray(at, at + this.#length)));
    }
    this.#rest = [all.subarray(at)];
    this.#bytes = all.length - at;
    return records;
  }

  end(): void {
    if (this.#bytes > 0) {
      throw new Error(`The stream ended after ${this.#bytes} of ${this.#length} bytes`);
    }
  }
}
