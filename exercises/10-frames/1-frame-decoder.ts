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
  // TODO: Write the header, and the payload behind it
  throw new Error("Not written yet");
}

/**
 * Takes a stream as it comes, in any chunks, and gives the frames in it.
 *
 * When a header claims a payload above the limit, nobody can tell where the next frame begins. From
 * then on the decoder is of no use: every later call throws, too.
 */
export class FrameDecoder {
  /** @param options The limit */
  constructor({ limitBytes }: FrameDecoderOptions) {
    // TODO: Keep the limit
    throw new Error("Not written yet");
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
    // TODO: Keep the chunk, and take out every frame that is complete
    throw new Error("Not written yet");
  }

  /**
   * Takes the end of the stream.
   *
   * @throws {Error} When the stream has ended in the middle of a frame, be it of its header. The
   * message says that it "ended"
   */
  end(): void {
    // TODO: Look whether a frame has begun
    throw new Error("Not written yet");
  }
}
