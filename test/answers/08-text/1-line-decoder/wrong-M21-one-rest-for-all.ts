/**
 * Wrong, M21: keeps the beginning of a line where all decoders keep theirs.
 *
 * Says: "gave ""
 *
 * @module
 */
import { Buffer } from "node:buffer";

export interface LineDecoderOptions {
  limitBytes: number;
}

let pieces: Uint8Array[] = [];

export class LineDecoder {
  readonly #limitBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #length = 0;
  #fault: unknown;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
    if (pieces.length > 2) pieces = [];
  }

  push(chunk: Uint8Array): string[] {
    if (this.#fault) throw this.#fault;
    const lines: string[] = [];
    try {
      let begin = 0;
      for (let end; (end = chunk.indexOf(0x0a, begin)) >= 0; begin = end + 1) {
        this.#keep(chunk.subarray(begin, end));
        lines.push(this.#takeLine());
      }
      this.#keep(Uint8Array.from(chunk.subarray(begin)));
    } catch (error) {
      this.#fault = error;
      if (lines.length === 0) throw error;
    }
    return lines;
  }

  end(): void {
    if (this.#fault) throw this.#fault;
    if (this.#length > 0) throw new Error("The stream ended in the middle of a line");
  }

  #keep(piece: Uint8Array): void {
    if (piece.length === 0) return;
    pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > this.#limitBytes + 1) throw this.#tooLong();
  }

  #takeLine(): string {
    const bytes = Buffer.concat(pieces);
    pieces = [];
    this.#length = 0;
    const line = bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
    if (line.length > this.#limitBytes) throw this.#tooLong();
    return this.#decoder.decode(line);
  }

  #tooLong(): RangeError {
    return new RangeError(`A line has more than ${this.#limitBytes} bytes`);
  }
}
