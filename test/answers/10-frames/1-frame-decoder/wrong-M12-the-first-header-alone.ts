/**
 * Wrong, M12: looks whether the peer respects the limit in its first header alone.
 *
 * Says: "the third header claims 0xfffffff0 bytes"
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
  #chunks: Buffer[] = [];
  #length = 0;
  #header: Buffer | undefined;
  #error: Error | undefined;
  #trusted = false;

  constructor({ limitBytes }: { limitBytes: number }) {
    this.#limit = limitBytes;
  }

  push(chunk: Uint8Array): Frame[] {
    if (this.#error) throw this.#error;
    this.#chunks.push(Buffer.from(chunk));
    this.#length += chunk.length;
    const frames: Frame[] = [];
    for (;;) {
      if (!this.#header) {
        if (this.#length < 5) return frames;
        this.#header = this.#take(5);
      }
      const length = this.#header.readUInt32BE(1);
      if (!this.#trusted && length > this.#limit) {
        this.#error = new RangeError(`A frame of ${length} bytes, the limit is ${this.#limit}`);
        throw this.#error;
      }
      this.#trusted = true;
      if (this.#length < length) return frames;
      frames.push({ type: this.#header.readUInt8(0), payload: this.#take(length) });
      this.#header = undefined;
    }
  }

  end(): void {
    if (this.#error) throw this.#error;
    if (this.#header || this.#length > 0) throw new Error("It ended in the middle of a frame");
  }

  #take(count: number): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(count)];
    this.#length -= count;
    return Buffer.from(all.subarray(0, count));
  }
}
