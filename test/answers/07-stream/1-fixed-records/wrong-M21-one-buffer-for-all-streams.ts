/**
 * Wrong, M21: what is left over is kept in one place for all streams.
 *
 * Says: "another decoder has the other half"
 *
 * @module
 */
/** What is left over. */
const bytes: number[] = [];

export class FixedRecords {
  readonly #length: number;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    bytes.push(...chunk);
    const records: Uint8Array[] = [];
    let at = 0;
    for (; at + this.#length <= bytes.length; at += this.#length) {
      records.push(Uint8Array.from(bytes.slice(at, at + this.#length)));
    }
    bytes.splice(0, at);
    return records;
  }

  end(): void {
    if (bytes.length > 0) {
      throw new Error(`The stream ended after ${bytes.length} of ${this.#length} bytes`);
    }
  }
}
