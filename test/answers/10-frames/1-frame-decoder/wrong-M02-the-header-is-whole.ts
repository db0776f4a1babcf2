/**
 * Wrong, M02: reads the header out of the chunk in which it begins.
 *
 * Says: "threw after 1 bytes"
 *
 * @module
 */
interface Frame {
  type: number;
  payload: Uint8Array;
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
  #type = 0;
  #payload: Uint8Array | undefined;
  #filled = 0;
  #error: Error | undefined;

  constructor({ limitBytes }: { limitBytes: number }) {
    this.#limit = limitBytes;
  }

  push(chunk: Uint8Array): Frame[] {
    if (this.#error) throw this.#error;
    const frames: Frame[] = [];
    for (let at = 0; at < chunk.length;) {
      if (!this.#payload) {
        const header = new DataView(chunk.buffer, chunk.byteOffset + at, chunk.length - at);
        const length = header.getUint32(1);
        if (length > this.#limit) {
          this.#error = new RangeError(`A frame of ${length} bytes, the limit is ${this.#limit}`);
          throw this.#error;
        }
        this.#type = header.getUint8(0);
        this.#payload = new Uint8Array(length);
        this.#filled = 0;
        at += 5;
      }
      const part = chunk.subarray(at, at + this.#payload.length - this.#filled);
      this.#payload.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < this.#payload.length) break;
      frames.push({ type: this.#type, payload: this.#payload });
      this.#payload = undefined;
    }
    return frames;
  }

  end(): void {
    if (this.#error) throw this.#error;
    if (this.#payload) throw new Error("It ended in the middle of a frame");
  }
}
