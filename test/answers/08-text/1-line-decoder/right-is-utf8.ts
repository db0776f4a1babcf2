/**
 * Right: asks isUtf8() of node:buffer, and reads text by a generator that runs for the whole stream.
 *
 * Refused by a test that calls what push() needs before it is constructed, or that wants a TextDecoder's own error.
 *
 * @module
 */
import { Buffer, isUtf8 } from "node:buffer";

export interface LineDecoderOptions {
  limitBytes: number;
}

class LineTooLong extends RangeError {
  override name = "LineTooLong";
}

export class LineDecoder {
  readonly #machine: Generator<string | undefined, never, Uint8Array>;
  #broken: Error | undefined;
  #clean = true;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#machine = this.#run(limitBytes);
    this.#machine.next();
  }

  push(chunk: Uint8Array): string[] {
    if (this.#broken) throw this.#broken;
    const lines: string[] = [];
    try {
      // Each LF is the last byte of what the machine is given.
      for (let at = 0; at < chunk.length;) {
        const end = chunk.indexOf(10, at) + 1 || chunk.length;
        const line = this.#machine.next(chunk.subarray(at, end)).value;
        if (line !== undefined) lines.push(line);
        at = end;
      }
    } catch (error) {
      this.#broken = error as Error;
      if (lines.length === 0) throw error;
    }
    return lines;
  }

  end(): void {
    if (this.#broken) throw this.#broken;
    if (!this.#clean) throw new Error("unexpected end");
  }

  *#run(limitBytes: number): Generator<string | undefined, never, Uint8Array> {
    let line: string | undefined;
    for (;;) {
      const parts: Buffer[] = [];
      let size = 0;
      for (let ended = false; !ended;) {
        const part: Buffer = Buffer.from(yield line);
        line = undefined;
        ended = part.at(-1) === 10;
        parts.push(part);
        size += part.length;
        this.#clean = false;
        if (size >= limitBytes + 2 && !ended || size > limitBytes + 2) {
          throw new LineTooLong(`more than ${limitBytes} bytes`);
        }
      }
      this.#clean = true;
      const all = Buffer.concat(parts);
      const bytes = all.subarray(0, all.at(-2) === 13 ? -2 : -1);
      if (bytes.length > limitBytes) throw new LineTooLong(`more than ${limitBytes} bytes`);
      if (!isUtf8(bytes)) throw new TypeError("no UTF-8");
      line = bytes.toString("utf8");
    }
  }
}
