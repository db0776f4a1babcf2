/**
 * Wrong, M06: a fatal decoder for each chunk, to which half a character is no character.
 *
 * Says: "threw after"
 *
 * @module
 */
export interface LineDecoderOptions {
  limitBytes: number;
}

export class LineDecoder {
  readonly #limitBytes: number;
  #rest = "";
  #fault: unknown;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    if (this.#fault) throw this.#fault;
    const lines = (this.#rest + this.#decode(chunk)).split("\n");
    this.#rest = lines.pop()!;
    const k = lines.findIndex((line) => byteLength(withoutCr(line)) > this.#limitBytes);
    const tooLong = k >= 0 || byteLength(this.#rest) > this.#limitBytes + 1;
    if (tooLong) this.#fault = new RangeError(`A line has more than ${this.#limitBytes} bytes`);
    const given = (k < 0 ? lines : lines.slice(0, k)).map(withoutCr);
    if (this.#fault && given.length === 0) throw this.#fault;
    return given;
  }

  end(): void {
    if (this.#fault) throw this.#fault;
    if (this.#rest) throw new Error("The stream ended in the middle of a line");
  }

  #decode(chunk: Uint8Array): string {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(chunk);
  }
}

function withoutCr(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
