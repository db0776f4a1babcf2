/**
 * Wrong, M14: keeps a string, and searches all of it again on every chunk.
 *
 * Says: "it goes through all bytes again on each chunk"
 * Same as: wrong-M14-joins-on-every-chunk.ts, because a clock sees no more than that
 *
 * @module
 */
import { Buffer } from "node:buffer";

export interface LineDecoderOptions {
  limitBytes: number;
}

export class LineDecoder {
  readonly #limitBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** one character for each byte */
  #rest = "";
  #fault: unknown;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    if (this.#fault) throw this.#fault;
    const lines: string[] = [];
    try {
      this.#rest += Buffer.from(chunk).toString("latin1");
      for (let end; (end = this.#rest.indexOf("\n")) >= 0;) {
        lines.push(this.#decode(this.#rest.slice(0, end)));
        this.#rest = this.#rest.slice(end + 1);
      }
      if (this.#rest.length > this.#limitBytes + 1) throw this.#tooLong();
    } catch (error) {
      this.#fault = error;
      if (lines.length === 0) throw error;
    }
    return lines;
  }

  end(): void {
    if (this.#fault) throw this.#fault;
    if (this.#rest) throw new Error("The stream ended in the middle of a line");
  }

  #decode(text: string): string {
    const line = text.endsWith("\r") ? text.slice(0, -1) : text;
    if (line.length > this.#limitBytes) throw this.#tooLong();
    return this.#decoder.decode(Buffer.from(line, "latin1"));
  }

  #tooLong(): RangeError {
    return new RangeError(`A line has more than ${this.#limitBytes} bytes`);
  }
}
