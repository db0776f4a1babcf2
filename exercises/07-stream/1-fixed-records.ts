/**
 * A stream of bytes cut into records that all have the same length.
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
  /**
   * @param length How many bytes a record has
   * @throws {RangeError} When that is not a whole number, or less than 1
   */
  constructor(length: number) {
    // TODO: Look at the length, and get ready for the first chunk
    throw new Error("Not written yet");
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @param chunk Any number of them, also none
   * @returns The records whose last bytes are among them, in the order of the stream
   */
  push(chunk: Uint8Array): Uint8Array[] {
    // TODO: Give every record that is complete now, and keep what is left over
    throw new Error("Not written yet");
  }

  /**
   * Takes the end of the stream.
   *
   * @throws {Error} When it comes in the middle of a record. Its message names both numbers: how many
   * bytes of that record had come, and how many it has
   */
  end(): void {
    // TODO: Tell a good end from one in the middle of a record
    throw new Error("Not written yet");
  }
}
