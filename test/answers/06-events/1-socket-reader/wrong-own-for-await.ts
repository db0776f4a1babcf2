/**
 * Wrong, own: begins a loop over the socket for each call, and leaves it when there is enough:
 * that destroys the socket.
 *
 * Says: "the second read()"
 *
 * @module
 */
import type { Socket } from "node:net";

interface ReadOptions {
  signal?: AbortSignal;
}

export class SocketReader {
  #socket: Socket;
  #kept: Buffer = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("error", () => {});
  }

  read(options: ReadOptions = {}): Promise<Uint8Array | null> {
    return this.#until(() => this.#kept.length || undefined, options);
  }

  readExactly(count: number, options: ReadOptions = {}): Promise<Uint8Array | null> {
    return this.#until(() => this.#kept.length >= count ? count : undefined, options);
  }

  readUntil(
    delimiter: Uint8Array,
    { limitBytes, ...options }: ReadOptions & { limitBytes: number },
  ): Promise<Uint8Array | null> {
    return this.#until(() => {
      const at = this.#kept.indexOf(delimiter);
      if (at > limitBytes) throw new RangeError(`More than ${limitBytes} bytes`);
      return at < 0 ? undefined : at;
    }, options);
  }

  async #until(
    howMany: () => number | undefined,
    { signal }: ReadOptions,
  ): Promise<Uint8Array | null> {
    signal?.throwIfAborted();
    let count = howMany();
    if (count === undefined) {
      for await (const chunk of this.#socket) {
        this.#kept = Buffer.concat([this.#kept, chunk]);
        count = howMany();
        if (count !== undefined) break;
      }
    }
    if (count === undefined) return null;
    const taken = this.#kept.subarray(0, count);
    this.#kept = this.#kept.subarray(count);
    return taken;
  }
}
