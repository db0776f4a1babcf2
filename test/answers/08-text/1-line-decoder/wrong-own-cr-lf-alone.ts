/**
 * Wrong, own: waits for CR LF, and takes an LF alone for a part of the line.
 *
 * Says: ""one" is missing"
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
  #rest = Buffer.alloc(0);
  #fault: unknown;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    if (this.#fault) throw this.#fault;
    const lines: string[] = [];
    try {
      this.#rest = Buffer.concat([this.#rest, chunk]);
      for (let end; (end = this.#rest.indexOf("\r\n")) >= 0;) {
        if (end > this.#limitBytes) throw new RangeError(`Above ${this.#limitBytes}`);
        lines.push(this.#decoder.decode(this.#rest.subarray(0, end)));
        this.#rest = this.#rest.subarray(end + 2);
      }
      if (this.#rest.length > this.#limitBytes + 1) {
        throw new RangeError(`Above ${this.#limitBytes}`);
      }
    } catch (error) {
      this.#fault = error;
      if (lines.length === 0) throw error;
    }
    return lines;
  }

  end(): void {
    if (this.#fault) throw this.#fault;
    if (this.#rest.length > 0) throw new Error("The stream ended in the middle of a line");
  }
}
