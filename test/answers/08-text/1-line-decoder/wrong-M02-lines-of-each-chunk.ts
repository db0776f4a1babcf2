/**
 * Wrong, M02: splits each chunk by itself, and takes its last piece for a line, too.
 *
 * Says: "LineDecoder.push() gave"
 *
 * @module
 */
export interface LineDecoderOptions {
  limitBytes: number;
}

export class LineDecoder {
  readonly #limitBytes: number;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(chunk);
    const lines = text.split(/\r?\n/);
    if (lines.at(-1) === "") lines.pop();
    if (lines.some((line) => new TextEncoder().encode(line).length > this.#limitBytes)) {
      throw new RangeError(`A line has more than ${this.#limitBytes} bytes`);
    }
    return lines;
  }

  end(): void {}
}
