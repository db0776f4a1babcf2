/**
 * Right: one buffer as large as a line may be, that grows by doubling, and remembers how far it has looked.
 *
 * Refused by a test that wants the limit to be seen with the first byte above it.
 *
 * @module
 */
export interface LineDecoderOptions {
  limitBytes: number;
}

export class LineDecoder {
  readonly #limitBytes: number;
  #buffer = new Uint8Array(64);
  #used = 0;
  #failed: Error | null = null;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    if (this.#failed) throw this.#failed;
    const from = this.#used;
    this.#append(chunk);
    const lines: string[] = [];
    let begin = 0;
    let end = this.#find(from);
    while (end >= 0 && !this.#failed) {
      this.#give(lines, this.#buffer.subarray(begin, end));
      begin = end + 1;
      end = this.#find(begin);
    }
    this.#buffer.copyWithin(0, begin, this.#used);
    this.#used -= begin;
    if (this.#used >= this.#limitBytes + 2) this.#failed ??= this.#overflow();
    if (this.#failed && lines.length === 0) throw this.#failed;
    return lines;
  }

  end(): void {
    if (this.#failed) throw this.#failed;
    if (this.#used) throw new SyntaxError("The last line has no LF");
  }

  #find(from: number): number {
    return this.#buffer.subarray(0, this.#used).indexOf(0x0a, from);
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#used + chunk.length;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, 2 * this.#buffer.length));
      larger.set(this.#buffer.subarray(0, this.#used));
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#used);
    this.#used = needed;
  }

  #give(lines: string[], bytes: Uint8Array): void {
    const length = bytes.length - (bytes[bytes.length - 1] === 13 ? 1 : 0);
    if (length > this.#limitBytes) {
      this.#failed = this.#overflow();
      return;
    }
    try {
      lines.push(
        new TextDecoder(undefined, { fatal: true, ignoreBOM: true }).decode(
          bytes.subarray(0, length),
        ),
      );
    } catch (error) {
      this.#failed = error as TypeError;
    }
  }

  #overflow(): RangeError {
    return new RangeError(`No line may have more than ${this.#limitBytes} bytes`);
  }
}
