/**
 * Right: reads the socket as a web stream.
 *
 * Refused by a test that counts the listeners of the socket, or wants it to be paused.
 *
 * @module
 */
import type { Socket } from "node:net";
import { Readable } from "node:stream";
import type { ReadableStreamDefaultReader, ReadableStreamReadResult } from "node:stream/web";

type Chunk = ReadableStreamReadResult<Uint8Array>;

export class SocketReader {
  #reader: ReadableStreamDefaultReader<Uint8Array>;
  #next: Promise<Chunk> | undefined;
  #buffer: Buffer = Buffer.alloc(0);
  #done = false;
  #busy = false;

  constructor(socket: Socket) {
    socket.on("error", () => {});
    this.#reader = Readable.toWeb(socket).getReader();
    this.#reader.closed.catch(() => {});
  }

  async read({ signal }: { signal?: AbortSignal } = {}): Promise<Uint8Array | null> {
    return await this.#run(async () => {
      while (this.#buffer.length === 0) if (!await this.#fill(signal)) return null;
      return this.#shift(this.#buffer.length);
    }, signal);
  }

  async readExactly(count: number, { signal }: { signal?: AbortSignal } = {}) {
    return await this.#run(async () => {
      const parts: Uint8Array[] = [this.#buffer];
      let length = this.#buffer.length;
      try {
        while (length < count) {
          const chunk = await this.#pull(signal);
          if (chunk) parts.push(chunk);
          else if (length === 0) return null;
          else throw new Error(`The stream ended early: ${length} of ${count} bytes`);
          length += chunk.length;
        }
      } finally {
        this.#buffer = Buffer.concat(parts);
      }
      return this.#shift(count);
    }, signal);
  }

  async readUntil(
    delimiter: Uint8Array,
    { signal, limitBytes }: { signal?: AbortSignal; limitBytes: number },
  ) {
    return await this.#run(async () => {
      for (;;) {
        const at = this.#buffer.indexOf(delimiter);
        const sure = at >= 0 ? at : this.#buffer.length - (delimiter.length - 1);
        if (sure > limitBytes) throw new RangeError(`The line has more than ${limitBytes} bytes`);
        if (at >= 0) return this.#shift(at, delimiter.length);
        if (await this.#fill(signal)) continue;
        if (this.#buffer.length > 0) throw new Error("The stream ended within a line");
        return null;
      }
    }, signal);
  }

  async #run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#busy) throw new Error("Only one read at a time");
    signal?.throwIfAborted();
    this.#busy = true;
    try {
      return await call();
    } finally {
      this.#busy = false;
    }
  }

  async #fill(signal?: AbortSignal): Promise<boolean> {
    const chunk = await this.#pull(signal);
    if (chunk) this.#buffer = Buffer.concat([this.#buffer, chunk]);
    return chunk !== undefined;
  }

  async #pull(signal?: AbortSignal): Promise<Buffer | undefined> {
    if (this.#done) return undefined;
    const next = this.#next ??= this.#reader.read();
    const result = await new Promise<Chunk>((resolve, reject) => {
      const abort = () => reject(signal!.reason);
      signal?.addEventListener("abort", abort);
      next.then(resolve, reject).finally(() => signal?.removeEventListener("abort", abort));
    });
    this.#next = undefined;
    this.#done = result.done;
    return result.value && Buffer.from(result.value);
  }

  #shift(count: number, drop = 0): Uint8Array {
    const taken = this.#buffer.subarray(0, count);
    this.#buffer = this.#buffer.subarray(count + drop);
    return taken;
  }
}
