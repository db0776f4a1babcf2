/**
 * Right: looks at every byte, and writes it into one array that grows.
 *
 * Refused by a test of cost that takes a constant factor for a square.
 *
 * @module
 */
export interface LineDecoderOptions {
  limitBytes: number;
}

export class LineDecoder {
  #limitBytes: number;
  #line: number[] = [];
  #broken: Error | undefined;

  constructor(options: LineDecoderOptions) {
    this.#limitBytes = options.limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    if (this.#broken) throw this.#broken;
    const lines = [];
    for (const byte of chunk) {
      if (byte === 10) {
        const line = this.#complete();
        if (line === undefined) break;
        lines.push(line);
      } else if (this.#line.push(byte) > this.#limitBytes + 1) {
        this.#broken = this.#tooLong();
        break;
      }
    }
    if (this.#broken && lines.length === 0) throw this.#broken;
    return lines;
  }

  end(): void {
    if (this.#broken) throw this.#broken;
    if (this.#line.length > 0) throw new Error(`${this.#line.length} bytes without an LF`);
  }

  #complete(): string | undefined {
    if (this.#line.at(-1) === 13) this.#line.pop();
    const bytes = Uint8Array.from(this.#line.splice(0));
    if (bytes.length > this.#limitBytes) this.#broken = this.#tooLong();
    if (this.#broken) return undefined;
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      this.#broken = new TypeError("Not UTF-8");
      return undefined;
    }
  }

  #tooLong(): RangeError {
    return new RangeError(`Longer than the limit, ${this.#limitBytes}`);
  }
}
