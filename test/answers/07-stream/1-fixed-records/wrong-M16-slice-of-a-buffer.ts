/**
 * Wrong, M16: keeps the rest by slice(), which of a Buffer makes a view.
 *
 * Says: "FixedRecords.push() of Buffers gave message 1 out, and it changed"
 *
 * @module
 */

/**
 * Cuts one stream into records: one for each direction of each connection.
 *
 * - In whatever chunks the stream comes, the records are the same: the first `length` bytes, the
 *   next `length` bytes, and so on.
 * - A chunk is lent. Its owner may write over it as soon as `push()` has returned.
 * - A record is given away. It never changes any more, and whoever keeps it keeps the memory of that
 *   record: not that of all the others it came with.
 * - The time it takes grows with the number of bytes, and not with its square: neither when a long
 *   record comes in many chunks, nor when a long chunk holds many records.
 */
export class FixedRecords {
  // #region cut
  #record: Uint8Array;
  #filled = 0;
  // #endregion

  /**
   * @param length How many bytes a record has
   * @throws {RangeError} When that is not a whole number, or less than 1
   */
  constructor(length: number) {
    // #region todo Look at the length, and get ready for the first chunk
    if (!Number.isInteger(length) || length < 1) {
      throw new RangeError(`A record has a whole number of bytes, at least 1: got ${length}`);
    }
    // The memory of the record that is on its way. How much it takes is known beforehand, and that
    // is what makes fixed lengths so easy.
    this.#record = new Uint8Array(length);
    // #endregion
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @param chunk Any number of them, also none
   * @returns The records whose last bytes are among them, in the order of the stream
   */
  push(chunk: Uint8Array): Uint8Array[] {
    // #region todo Give every record that is complete now, and keep what is left over
    const { length } = this.#record;
    const records: Uint8Array[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.#filled === 0 && chunk.length - at >= length) {
        records.push(chunk.slice(at, at + length)); // of a Buffer this is a view
        at += length;
        continue;
      }
      const piece = chunk.subarray(at, at + length - this.#filled);
      this.#record.set(piece, this.#filled);
      this.#filled += piece.length;
      at += piece.length;
      if (this.#filled === length) {
        records.push(this.#record);
        this.#record = new Uint8Array(length);
        this.#filled = 0;
      }
    }
    return records;
    // #endregion
  }

  /**
   * Takes the end of the stream.
   *
   * @throws {Error} When it comes in the middle of a record. Its message names both numbers: how many
   * bytes of that record had come, and how many it has
   */
  end(): void {
    // #region todo Tell a good end from one in the middle of a record
    if (this.#filled > 0) {
      throw new Error(`The stream ended after ${this.#filled} of ${this.#record.length} bytes`);
    }
    // #endregion
  }
}
