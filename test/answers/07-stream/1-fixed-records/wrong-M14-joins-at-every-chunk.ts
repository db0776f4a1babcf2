/**
 * Wrong, M14: joins everything with each chunk: a long record is copied again and again.
 *
 * Says: "in chunks of 32"
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
    const all = Buffer.concat([this.#rest, chunk]);
    const records: Uint8Array[] = [];
    let at = 0;
    for (; at + this.#length <= all.length; at += this.#length) {
      records.push(Uint8Array.from(all.subarray(at, at + this.#length)));
    }
    this.#rest = Uint8Array.from(all.subarray(at));
    return records;
  }

  end(): void {
    if (this.#rest.length > 0) {
      throw new Error(`The stream ended after ${this.#rest.length} of ${this.#length} bytes`);
    }
  }
}
