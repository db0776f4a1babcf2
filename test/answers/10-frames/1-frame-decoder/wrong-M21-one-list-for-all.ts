/**
 * Wrong, M21: keeps what has come in a variable that all decoders share.
 *
 * Says: "Bob's push() of six bytes gave"
 *
 * @module
 */
interface Frame {
  type: number;
  payload: Uint8Array;
}

const chunks: Buffer[] = [];
let kept = 0;
let header: Buffer | undefined;

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
  #error: Error | undefined;

  constructor({ limitBytes }: { limitBytes: number }) {
    this.#limit = limitBytes;
  }

  push(chunk: Uint8Array): Frame[] {
    if (this.#error) throw this.#error;
    chunks.push(Buffer.from(chunk));
    kept += chunk.length;
    const frames: Frame[] = [];
    for (;;) {
      if (!header) {
        if (kept < 5) return frames;
        header = this.#take(5);
      }
      const length = header.readUInt32BE(1);
      if (length > this.#limit) {
        this.#error = new RangeError(`A frame of ${length} bytes, the limit is ${this.#limit}`);
        throw this.#error;
      }
      if (kept < length) return frames;
      frames.push({ type: header.readUInt8(0), payload: this.#take(length) });
      header = undefined;
    }
  }

  end(): void {
    if (this.#error) throw this.#error;
    if (header || kept > 0) throw new Error("It ended in the middle of a frame");
  }

  #take(count: number): Buffer {
    const all = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
    chunks.splice(0, chunks.length, all.subarray(count));
    kept -= count;
    return Buffer.from(all.subarray(0, count));
  }
}
