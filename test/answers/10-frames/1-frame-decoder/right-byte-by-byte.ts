/**
 * Right: looks at one byte after another, and pushes each onto a list.
 *
 * Refused by a test of the cost that allows too little for a byte.
 *
 * @module
 */
interface Frame {
  type: number;
  payload: Uint8Array;
}

export function encodeFrame(type: number, payload: Uint8Array | string): Uint8Array {
  const bytes = typeof payload === "string" ? Buffer.from(payload, "utf8") : payload;
  const frame = new Uint8Array(5 + bytes.length);
  const header = Buffer.from(frame.buffer);
  header.writeUInt8(type);
  if (!Number.isInteger(type)) throw new RangeError("A type is a whole number");
  header.writeUIntBE(bytes.length, 1, 4);
  frame.set(bytes, 5);
  return frame;
}

export class FrameDecoder {
  #limit: number;
  #header: number[] = [];
  #payload: number[] = [];
  #length = 0;
  #broken: string | undefined;

  constructor({ limitBytes }: { limitBytes: number }) {
    this.#limit = limitBytes;
  }

  push(chunk: Uint8Array): Frame[] {
    if (this.#broken) throw new RangeError(this.#broken);
    const frames: Frame[] = [];
    for (const byte of chunk) {
      if (this.#header.length < 5) this.#takeHeader(byte);
      else this.#payload.push(byte);
      if (this.#header.length < 5 || this.#payload.length < this.#length) continue;
      frames.push({ type: this.#header[0]!, payload: Uint8Array.from(this.#payload) });
      this.#header = [];
      this.#payload = [];
    }
    return frames;
  }

  end(): void {
    if (this.#broken) throw new RangeError(this.#broken);
    if (this.#header.length > 0) throw new Error("ended too early");
  }

  #takeHeader(byte: number): void {
    this.#header.push(byte);
    if (this.#header.length < 5) return;
    this.#length = this.#header.slice(1).reduce((sum, it) => sum * 256 + it, 0);
    if (this.#length <= this.#limit) return;
    this.#broken = `Too long: ${this.#length} bytes, at most ${this.#limit}`;
    throw new RangeError(this.#broken);
  }
}
