/**
 * Wrong, M04: keeps what stands behind the first line until more comes.
 *
 * Says: ""two" is missing"
 * Same as: wrong-M04-one-line-a-chunk.ts, because in one chunk both give one line of two
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
  #kept: Uint8Array[] = [];
  #length = 0;
  #fault: unknown;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    if (this.#fault) throw this.#fault;
    try {
      this.#kept.push(Uint8Array.from(chunk));
      this.#length += chunk.length;
      if (!chunk.includes(0x0a) && this.#length <= this.#limitBytes + 1) return [];
      const all = Buffer.concat(this.#kept);
      const end = all.indexOf(0x0a);
      const line = all.subarray(0, end < 0 ? all.length : all[end - 1] === 0x0d ? end - 1 : end);
      if (line.length > this.#limitBytes) throw new RangeError(`Above ${this.#limitBytes}`);
      if (end < 0) return [];
      this.#kept = [all.subarray(end + 1)];
      this.#length = all.length - end - 1;
      return [this.#decoder.decode(line)];
    } catch (error) {
      this.#fault = error;
      throw error;
    }
  }

  end(): void {
    if (this.#fault) throw this.#fault;
    if (this.#length > 0) throw new Error("The stream ended in the middle of a line");
  }
}
