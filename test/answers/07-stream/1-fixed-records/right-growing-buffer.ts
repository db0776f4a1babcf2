/**
 * Right: one buffer that doubles when it is full, with an offset where the next record begins.
 *
 * Refused by a test that wants the memory of a decoder to be that of one record.
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #bytes = new Uint8Array(64);
  #end = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    this.#makeRoom(this.#end + chunk.length);
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
    const records: Uint8Array[] = [];
    let at = 0;
    for (; this.#end - at >= this.#length; at += this.#length) {
      records.push(this.#bytes.slice(at, at + this.#length));
    }
    if (at > 0) this.#bytes.copyWithin(0, at, this.#end);
    this.#end -= at;
    return records;
  }

  end(): void {
    if (this.#end > 0) throw new Error(`It has ${this.#length} bytes, and ${this.#end} have come`);
  }

  #makeRoom(length: number): void {
    let size = this.#bytes.length;
    while (size < length) size *= 2;
    if (size === this.#bytes.length) return;
    const larger = new Uint8Array(size);
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}
