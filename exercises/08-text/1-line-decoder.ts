/**
 * Lines of text out of a stream of bytes.
 *
 * @module
 */

/** What {@link LineDecoder} is told. */
export interface LineDecoderOptions {
  /** the most bytes that a line may have, without its ending */
  limitBytes: number;
}

/**
 * Cuts a stream into lines. Wherever TCP has cut it into chunks, the same lines come out and, when
 * there is a fault in it, they are followed by the same fault:
 *
 * - A line ends in LF, 0x0a. Neither the LF nor one CR, 0x0d, right before it belongs to the line.
 *   All else does: any other CR, spaces, U+2028, U+FEFF. An empty line is a line.
 * - A line is UTF-8 (RFC 3629), and its text is exactly what its bytes say. Bytes that are no UTF-8
 *   are a fault: a TypeError, thrown at the latest when the line's LF has come.
 * - A line has at most `limitBytes` bytes, without its ending. More are a fault: a RangeError whose
 *   message names the limit, thrown at the latest when two bytes more than the limit have come, be it
 *   with an ending or without. With the limit 3, `abc\r\n` is good, `abcd` may be refused, and
 *   `abcdx` and `abcd\n` must be.
 * - All lines that end before the fault are given. Where they come in one chunk with it, push() gives
 *   them, and the next call throws. After a fault there are no more lines: every call throws.
 * - Whoever calls may use the memory of a chunk again as soon as push() has returned.
 * - The work grows with the number of bytes, and not with its square, however small the chunks are.
 */
export class LineDecoder {
  /** @param options The limit */
  constructor({ limitBytes }: LineDecoderOptions) {
    // TODO: Prepare what is kept between two chunks
    throw new Error("Not written yet");
  }

  /**
   * Takes the next bytes of the stream.
   *
   * @param chunk Any number of them, also none
   * @returns The texts of the lines that they complete, without their endings
   * @throws {RangeError} When a line is longer than the limit
   * @throws {TypeError} When a line is no UTF-8
   */
  push(chunk: Uint8Array): string[] {
    // TODO: Give the lines that are complete, and keep what is left
    throw new Error("Not written yet");
  }

  /**
   * Takes the end of the stream.
   *
   * @throws {Error} When there is a line without its LF
   */
  end(): void {
    // TODO: Throw in the middle of a line
    throw new Error("Not written yet");
  }
}
