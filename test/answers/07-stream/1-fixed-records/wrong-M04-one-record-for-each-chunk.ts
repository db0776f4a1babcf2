/**
 * Wrong, M04: keeps what is left over, and gives one record for each chunk at most.
 *
 * Says: "these are two records"
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
    this.#rest.push(chunk.slice());
    this.#bytes += chunk.length;
    if (this.#bytes < this.#length) return [];
    const all = Buffer.concat(this.#rest);
    this.#rest = [all.subarray(this.#length)];
    this.#bytes -= this.#length;
    return [Uint8Array.from(all.subarray(0, this.#length))];
  }

  end(): void {
    if (this.#bytes > 0) {
      throw new Error(`The stream ended after ${this.#bytes} of ${this.#length} bytes`);
    }
  }
}
