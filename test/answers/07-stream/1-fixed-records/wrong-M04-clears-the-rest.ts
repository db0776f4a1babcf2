/**
 * Wrong, M04: joins what was left over with the next chunk, and when there are whole records,
 * clears all of it.
 *
 * Says: "1 byte was left over before"
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const all = new Uint8Array(this.#rest.length + chunk.length);
    all.set(this.#rest);
    all.set(chunk, this.#rest.length);
    const records: Uint8Array[] = [];
    for (let at = 0; at + this.#length <= all.length; at += this.#length) {
      records.push(all.slice(at, at + this.#length));
    }
    this.#rest = records.length > 0 ? new Uint8Array(0) : all;
    return records;
  }

  end(): void {
    if (this.#rest.length > 0) {
      throw new Error(`The stream ended after ${this.#rest.length} of ${this.#length} bytes`);
    }
  }
}
