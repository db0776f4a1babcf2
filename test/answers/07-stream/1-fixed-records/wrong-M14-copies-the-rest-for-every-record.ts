/**
 * Wrong, M14: takes each record off the front, and copies all that is behind it.
 *
 * Says: "it copies the rest behind each of them"
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
    this.#rest.push(Uint8Array.from(chunk));
    this.#bytes += chunk.length;
    const records: Uint8Array[] = [];
    if (this.#bytes < this.#length) return records;
    let all = Uint8Array.from(Buffer.concat(this.#rest));
    while (all.length >= this.#length) {
      records.push(all.slice(0, this.#length));
      all = all.slice(this.#length);
    }
    this.#rest = [all];
    this.#bytes = all.length;
    return records;
  }

  end(): void {
    if (this.#bytes > 0) {
      throw new Error(`The stream ended after ${this.#bytes} of ${this.#length} bytes`);
    }
  }
}
