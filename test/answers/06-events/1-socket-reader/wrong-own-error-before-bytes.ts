/**
 * Wrong, own: after a reset it refuses what had come before it.
 *
 * Says: "read() of what had come failed: Error: read ECONNRESET"
 *
 * @module
 */
import type { Socket } from "node:net";

export interface ReadOptions {
  signal?: AbortSignal;
}

export interface ReadUntilOptions extends ReadOptions {
  limitBytes: number;
}

export class SocketReader {
  readonly #socket: Socket;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #ended = false;
  #error: Error | undefined;
  #waits = false;
  #wake = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length;
      this.#wake();
    });
    socket.on("end", () => {
      this.#ended = true;
      this.#wake();
    });
    socket.on("error", (error) => {
      this.#error = error;
      this.#wake();
    });
    socket.on("close", () => {
      this.#error ??= new Error("The socket was destroyed");
      this.#wake();
    });
    socket.pause();
  }

  async read({ signal }: ReadOptions = {}): Promise<Uint8Array | null> {
    return await this.#take(() => this.#length || undefined, signal);
  }

  async readExactly(count: number, { signal }: ReadOptions = {}): Promise<Uint8Array | null> {
    return await this.#take(
      () => this.#length >= count ? count : undefined,
      signal,
      `${count} were wanted`,
    );
  }

  async readUntil(
    delimiter: Uint8Array,
    { limitBytes, signal }: ReadUntilOptions,
  ): Promise<Uint8Array | null> {
    const found = await this.#take(
      () => {
        const all = this.#join();
        const at = all.indexOf(delimiter);
        const before = at < 0 ? all.length - delimiter.length + 1 : at;
        if (before > limitBytes) {
          throw new RangeError(`No delimiter within the limit of ${limitBytes} bytes`);
        }
        return at < 0 ? undefined : at + delimiter.length;
      },
      signal,
      "a delimiter was wanted",
    );
    return found && found.subarray(0, found.length - delimiter.length);
  }

  async #take(
    howMany: () => number | undefined,
    signal: AbortSignal | undefined,
    wanted = "",
  ): Promise<Uint8Array | null> {
    if (this.#waits) throw new Error("Another call waits for this socket already");
    this.#waits = true;
    try {
      for (;;) {
        signal?.throwIfAborted();
        if (this.#error && !this.#ended) throw this.#error;
        const count = howMany();
        if (count !== undefined) return this.#remove(count);
        if (this.#ended && this.#length === 0) return null;
        if (this.#ended) throw new Error(`It ended after ${this.#length} bytes, ${wanted}`);
        if (this.#error) throw this.#error;
        await this.#more(signal);
      }
    } finally {
      this.#waits = false;
    }
  }

  async #more(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wake = () => resolve();
    this.#wake = wake;
    signal?.addEventListener("abort", wake);
    this.#socket.resume();
    await promise;
    this.#socket.pause();
    signal?.removeEventListener("abort", wake);
  }

  #join(): Buffer {
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }

  #remove(count: number): Uint8Array {
    const all = this.#join();
    this.#chunks = [all.subarray(count)];
    this.#length -= count;
    return all.subarray(0, count);
  }
}
