/**
 * Right: is a generator that asks for bytes, and a push() that gives it some.
 *
 * Refused by a test that wants the error to be made in push(), or a payload of no bytes to be no view.
 *
 * @module
 */
interface Frame {
  type: number;
  payload: Uint8Array;
}

export function encodeFrame(type: number, payload: Uint8Array | string): Uint8Array {
  if (type !== (type & 0xff)) throw new RangeError(`${type} is no byte`);
  const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
  const size = bytes.length;
  return Uint8Array.of(type, size >>> 24, size >>> 16, size >>> 8, size, ...bytes);
}

export class FrameDecoder {
  readonly #frames: Frame[] = [];
  readonly #reader: Generator<number, never, Uint8Array>;
  /** what the reader asked for: the rest of it is to come */
  #wanted: Uint8Array = new Uint8Array();
  #filled = 0;
  #isBetween = true;
  #error: unknown;

  constructor({ limitBytes }: { limitBytes: number }) {
    this.#reader = this.#read(limitBytes);
    this.#wanted = new Uint8Array(this.#reader.next().value);
  }

  push(chunk: Uint8Array): Frame[] {
    if (this.#error) throw this.#error;
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + this.#wanted.length - this.#filled);
      this.#wanted.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      this.#goOn();
    }
    return this.#frames.splice(0);
  }

  end(): void {
    if (this.#error) throw this.#error;
    if (this.#isBetween && this.#filled === 0) return;
    throw new Error(`The stream ended, ${this.#wanted.length - this.#filled} bytes were to come`);
  }

  #goOn(): void {
    while (this.#filled === this.#wanted.length) {
      try {
        this.#wanted = new Uint8Array(this.#reader.next(this.#wanted).value);
        this.#filled = 0;
      } catch (error) {
        this.#error = error;
        throw error;
      }
    }
  }

  *#read(limit: number): Generator<number, never, Uint8Array> {
    for (;;) {
      this.#isBetween = true;
      const [type = 0, a = 0, b = 0, c = 0, d = 0] = yield 5;
      this.#isBetween = false;
      const length = ((a * 256 + b) * 256 + c) * 256 + d;
      if (length > limit) throw new RangeError(`limit ${limit}, length ${length}`);
      this.#frames.push({ type, payload: length > 0 ? yield length : new Uint8Array() });
    }
  }
}
