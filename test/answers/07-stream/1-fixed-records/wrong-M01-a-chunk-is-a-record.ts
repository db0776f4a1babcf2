/**
 * Wrong, M01: takes every chunk for a record.
 *
 * Says: "push() of 05 06 gave"
 *
 * @module
 */
export class FixedRecords {
  readonly #length: number;
  #last = 0;

  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has at least 1 byte, got ${length}`);
    }
    this.#length = length;
    this.#last = length;
  }

  push(chunk: Uint8Array): Uint8Array[] {
    this.#last = chunk.length;
    return [chunk.slice()];
  }

  end(): void {
    if (this.#last < this.#length) {
      throw new Error(`The stream ended after ${this.#last} of ${this.#length} bytes`);
    }
  }
}
