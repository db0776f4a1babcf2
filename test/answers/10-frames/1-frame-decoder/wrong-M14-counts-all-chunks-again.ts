/**
 * Wrong, M14: adds up the lengths of all chunks again with each chunk.
 *
 * Says: "it goes through all bytes again on each chunk"
 * Same as: wrong-M14-concat-on-every-chunk.ts, because a clock sees no more than that
 *
 * @module
 */
export interface Frame {
  type: number;
  payload: Uint8Array;
}
export interface FrameDecoderOptions {
  limitBytes: number;
}
export function encodeFrame(type: number, payload: Uint8Array | string): Uint8Array {
  if (!Number.isInteger(type) || type < 0 || type > 255) throw new RangeError(`No type: ${type}`);
  const bytes = Buffer.from(payload as string);
  const header = Buffer.alloc(5);
  header.writeUInt8(type, 0);
  header.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([header, bytes]);
}
export class FrameDecoder {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #wanted = 5;
  #error: Error | undefined;
  constructor({ limitBytes }: FrameDecoderOptions) {
    this.#limit = limitBytes;
  }
  push(chunk: Uint8Array): Frame[] {
    if (this.#error) throw this.#error;
    this.#chunks.push(new Uint8Array(chunk));
    const frames: Frame[] = [];
    if (this.#kept() < this.#wanted) return frames;
    const all = Buffer.concat(this.#chunks);
    let at = 0;
    this.#wanted = 5;
    while (all.length - at >= 5) {
      const length = all.readUInt32BE(at + 1);
      if (length > this.#limit) throw this.#error = new RangeError(`${length} > ${this.#limit}`);
      if (all.length - at < 5 + length) {
        this.#wanted = 5 + length;
        break;
      }
      frames.push({
        type: all[at]!,
        payload: new Uint8Array(all.subarray(at + 5, at + 5 + length)),
      });
      at += 5 + length;
    }
    this.#chunks = at < all.length ? [all.subarray(at)] : [];
    return frames;
  }
  end(): void {
    if (this.#error) throw this.#error;
    if (this.#kept() > 0) throw new Error("It ended in the middle");
  }
  #kept(): number {
    return this.#chunks.reduce((sum, it) => sum + it.length, 0);
  }
}
