/**
 * Frames: a header that tells the type and the length, and behind it the payload.
 *
 *     offset  0      1   2   3   4      5 ...
 *            type    length             payload
 *
 * The type is one byte, 0 to 255. The length is an unsigned number of four bytes, the highest first
 * (big-endian). It counts the bytes of the payload, and the five bytes of the header are not among
 * them: a frame without a payload has the length 0 and is five bytes long.
 *
 * @module
 */

// #region cut
/** How long a header is, in bytes: type and length. */
const headerBytes = 5;
// #endregion

/** One message, as it is handed out. */
export interface Frame {
  /** 0 to 255 */
  type: number;
  /** as many bytes as the length says, also none */
  payload: Uint8Array;
}

/** What a decoder is told. */
export interface FrameDecoderOptions {
  /** how long a payload may be, in bytes; one of exactly that length is allowed */
  limitBytes: number;
}

/**
 * Puts a frame together.
 *
 * @param type What the payload means, 0 to 255
 * @param payload Bytes as they are; a text travels as UTF-8
 * @returns The whole frame, in memory of its own
 * @throws {RangeError} When the type is not a whole number from 0 to 255
 */
export function encodeFrame(type: number, payload: Uint8Array | string): Uint8Array {
  // #region todo Write the header, and the payload behind it
  if (!Number.isInteger(type) || type < 0 || type > 255) {
    throw new RangeError(`A type is a whole number from 0 to 255, got ${type}`);
  }
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const frame = new Uint8Array(headerBytes + bytes.length);
  frame[0] = type;
  // No byte order given, a DataView writes the highest byte first. setUint32() of a text's own
  // length would count characters.
  new DataView(frame.buffer).setUint32(1, bytes.length);
  frame.set(bytes, headerBytes);
  return frame;
  // #endregion
}

/**
 * Takes a stream as it comes, in any chunks, and gives the frames in it.
 *
 * When a header claims a payload above the limit, nobody can tell where the next frame begins. From
 * then on the decoder is of no use: every later call throws, too.
 */
export class FrameDecoder {
  // #region cut
  readonly #limitBytes: number;
  /** bytes that no frame has used yet, in copies of the chunks that they came in */
  readonly #chunks: Uint8Array[] = [];
  /** how many they are */
  #length = 0;
  /** the header of the frame that has begun, once it is there */
  #header: { type: number; length: number } | undefined;
  #error: RangeError | undefined;
  // #endregion

  /** @param options The limit */
  constructor({ limitBytes }: FrameDecoderOptions) {
    // #region todo Keep the limit
    this.#limitBytes = limitBytes;
    // #endregion
  }

  /**
   * Takes the next bytes of the stream.
   *
   * A payload that is handed out has its own memory: it does not change when more bytes come, and
   * whoever keeps it keeps no others in memory with it. The chunk stays the caller's, who may write
   * other bytes into it as soon as this returns. The time that a frame takes grows with its length:
   * not with the number of chunks that it comes in, nor with what stands behind it in its chunk.
   *
   * @param chunk Any number of bytes, also none
   * @returns The frames that this chunk completes, in their order; an empty list when there is none
   * @throws {RangeError} When a header claims more than `limitBytes`: as soon as the chunk with the
   * header's last byte has come, whatever follows. The message names both numbers. Frames that the
   * same chunk completes before that header need not be given; where they are, the next call throws
   */
  push(chunk: Uint8Array): Frame[] {
    // #region todo Keep the chunk, and take out every frame that is complete
    if (this.#error) throw this.#error;
    // chunk.slice() would copy a Uint8Array, but of a Buffer it makes a view.
    if (chunk.length > 0) this.#chunks.push(new Uint8Array(chunk));
    this.#length += chunk.length;
    const frames: Frame[] = [];
    for (let frame = this.#next(); frame; frame = this.#next()) frames.push(frame);
    return frames;
    // #endregion
  }

  /**
   * Takes the end of the stream.
   *
   * @throws {Error} When the stream has ended in the middle of a frame, be it of its header. The
   * message says that it "ended"
   */
  end(): void {
    // #region todo Look whether a frame has begun
    if (this.#error) throw this.#error;
    if (!this.#header && this.#length === 0) return;
    const wanted = this.#header ? `${this.#header.length} of payload` : `${headerBytes} of header`;
    throw new Error(`The stream ended in the middle of a frame: ${this.#length} bytes, ${wanted}`);
    // #endregion
  }

  // #region cut

  /** The next frame, if all of it is there. */
  #next(): Frame | undefined {
    this.#header ??= this.#readHeader();
    if (!this.#header || this.#length < this.#header.length) return undefined;
    const { type, length } = this.#header;
    this.#header = undefined;
    return { type, payload: this.#take(length) };
  }

  #readHeader(): { type: number; length: number } | undefined {
    if (this.#length < headerBytes) return undefined;
    const view = new DataView(this.#take(headerBytes).buffer);
    const length = view.getUint32(1);
    if (length > this.#limitBytes) {
      this.#error = new RangeError(
        `A header claims ${length} bytes, and the limit is ${this.#limitBytes}`,
      );
      throw this.#error;
    }
    return { type: view.getUint8(0), length };
  }

  /** Takes bytes out, each of which is copied here for the only time but that in push(). */
  #take(count: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(count);
    let used = 0;
    for (let at = 0; at < count;) {
      const chunk = this.#chunks[used]!;
      const part = chunk.subarray(0, count - at);
      bytes.set(part, at);
      at += part.length;
      if (part.length < chunk.length) this.#chunks[used] = chunk.subarray(part.length);
      else used++;
    }
    this.#chunks.splice(0, used);
    this.#length -= count;
    return bytes;
  }
  // #endregion
}
