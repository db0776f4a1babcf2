/**
 * Right: splits the bytes, and decodes the pieces of a line one by one, as a stream.
 *
 * Refused by a test in which bytes that are no UTF-8 must not be refused before the LF.
 *
 * @module
 */
export interface LineDecoderOptions {
  limitBytes: number;
}

export class LineDecoder {
  readonly #limitBytes: number;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #texts: string[] = [];
  #bytes = 0;
  #fault: unknown;

  constructor({ limitBytes }: LineDecoderOptions) {
    this.#limitBytes = limitBytes;
  }

  push(chunk: Uint8Array): string[] {
    if (this.#fault) throw this.#fault;
    const lines: string[] = [];
    try {
      for (let rest = chunk; rest.length > 0;) {
        const end = rest.indexOf(0x0a);
        this.#add(end < 0 ? rest : rest.subarray(0, end));
        if (end < 0) break;
        lines.push(this.#finish());
        rest = rest.subarray(end + 1);
      }
      return lines;
    } catch (error) {
      this.#fault = error;
      if (lines.length > 0) return lines;
      throw error;
    }
  }

  end(): void {
    if (this.#fault) throw this.#fault;
    if (this.#bytes > 0) throw new Error("No LF at the end");
  }

  #add(piece: Uint8Array): void {
    this.#bytes += piece.length;
    this.#check(this.#bytes - 1);
    this.#texts.push(this.#decoder.decode(piece, { stream: true }));
  }

  #finish(): string {
    // Flushed: what is left of a character belongs to this line, and to no other.
    const text = this.#texts.join("") + this.#decoder.decode();
    const hasCr = text.endsWith("\r");
    this.#check(this.#bytes - Number(hasCr));
    this.#texts = [];
    this.#bytes = 0;
    return hasCr ? text.slice(0, -1) : text;
  }

  #check(bytes: number): void {
    if (bytes <= this.#limitBytes) return;
    throw new RangeError(`The limit of ${this.#limitBytes} bytes was passed`);
  }
}
