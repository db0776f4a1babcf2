/**
 * Lines of text out of a stream of bytes.
 *
 * @module
 */
// #region cut
import { Buffer } from "node:buffer";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
// #endregion

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
  // #region cut
  readonly #limitBytes: number;
  // Without ignoreBOM it would take U+FEFF at the beginning for a mark, and leave it out.
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** what has come of a line whose LF has not */
  #pieces: Uint8Array[] = [];
  #length = 0;
  #fault: unknown;
  // #endregion

  /** @param options The limit */
  constructor({ limitBytes }: LineDecoderOptions) {
    // #region todo Prepare what is kept between two chunks
    this.#limitBytes = limitBytes;
    // #endregion
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
    // #region todo Give the lines that are complete, and keep what is left
    if (this.#fault) throw this.#fault;
    const lines: string[] = [];
    try {
      let begin = 0;
      // LF is never a part of another character: in UTF-8 those have no byte below 0x80.
      for (let end; (end = chunk.indexOf(lineFeed, begin)) >= 0; begin = end + 1) {
        this.#keep(chunk.subarray(begin, end));
        lines.push(this.#takeLine());
      }
      // A copy: the chunk is the caller's. And not slice(), which of a Buffer gives a view.
      this.#keep(Uint8Array.from(chunk.subarray(begin)));
    } catch (error) {
      this.#fault = error;
      // An exception would take these lines with it.
      if (lines.length === 0) throw error;
    }
    return lines;
    // #endregion
  }

  /**
   * Takes the end of the stream.
   *
   * @throws {Error} When there is a line without its LF
   */
  end(): void {
    // #region todo Throw in the middle of a line
    if (this.#fault) throw this.#fault;
    if (this.#length === 0) return;
    throw new Error(`The stream ended in the middle of a line, after ${this.#length} bytes`);
    // #endregion
  }

  // #region cut
  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.#pieces.push(piece);
    this.#length += piece.length;
    // One byte above the limit may be the CR of an ending. A second one is too much in any case.
    if (this.#length > this.#limitBytes + 1) throw this.#tooLong();
  }

  #takeLine(): string {
    // Joined once for each line, when it is complete.
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    // Looked for in the line and not in the chunk: the CR may have come in the one before.
    const line = bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;
    if (line.length > this.#limitBytes) throw this.#tooLong();
    return this.#decoder.decode(line);
  }

  #tooLong(): RangeError {
    return new RangeError(`A line has more than ${this.#limitBytes} bytes`);
  }
  // #endregion
}
