/**
 * Wrong, M14: takes each line off the front, and copies all that is behind it.
 *
 * Says: "it copies the rest behind each of them"
 *
 * @module
 */
export interface LineDecoderOptions {
  limitBytes: number;
}
export class LineDecoder {
  readonly #limit: number;
  #pieces: Uint8Array[] = [];
  #length = 0;
  #fault: unknown;
  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limit = limitBytes;
  }
  push(chunk: Uint8Array): string[] {
    if (this.#fault) throw this.#fault;
    const lines: string[] = [];
    try {
      let rest = Uint8Array.from(chunk);
      for (let end; (end = rest.indexOf(0x0a)) >= 0;) {
        this.#keep(rest.slice(0, end));
        rest = rest.slice(end + 1);
        lines.push(this.#line());
      }
      this.#keep(rest);
    } catch (error) {
      this.#fault = error;
      if (lines.length === 0) throw error;
    }
    return lines;
  }
  end(): void {
    if (this.#fault) throw this.#fault;
    if (this.#length > 0) throw new Error("in the middle of a line");
  }
  #keep(piece: Uint8Array) {
    if (piece.length > 0) this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.#limit + 1) throw new RangeError(`more than ${this.#limit} bytes`);
  }
  #line(): string {
    const all = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#length = 0;
    const line = all.at(-1) === 0x0d ? all.subarray(0, -1) : all;
    if (line.length > this.#limit) throw new RangeError(`more than ${this.#limit} bytes`);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
  }
}
