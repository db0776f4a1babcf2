/**
 * Wrong, M15: gives no frame that has no payload.
 *
 * Says: "without a payload, it is complete with its header"
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
  readonly #header = Buffer.alloc(5);
  #payload: Uint8Array | undefined;
  #filled = 0;
  #error: Error | undefined;

  constructor({ limitBytes }: { limitBytes: number }) {
    this.#limit = limitBytes;
  }

  push(chunk: Uint8Array): Frame[] {
    if (this.#error) throw this.#error;
    const frames: Frame[] = [];
    for (let at = 0;;) {
      const target = this.#payload ?? this.#header;
      const part = chunk.subarray(at, at + target.length - this.#filled);
      target.set(part, this.#filled);
      at += part.length;
      this.#filled += part.length;
      if (this.#filled < target.length) return frames;
      this.#filled = 0;
      if (this.#payload) {
        const type = this.#header.readUInt8(0);
        if (this.#payload.length > 0) frames.push({ type, payload: this.#payload });
        this.#payload = undefined;
      } else {
        this.#payload = new Uint8Array(this.#checkedLength());
      }
    }
  }

  end(): void {
    if (this.#error) throw this.#error;
    if (this.#payload || this.#filled > 0) throw new Error("It ended in the middle of a frame");
  }

  #checkedLength(): number {
    const length = this.#header.readUInt32BE(1);
    if (length > this.#limit) {
      this.#error = new RangeError(`${length} bytes are more than ${this.#limit}`);
      throw this.#error;
    }
    return length;
  }
}
