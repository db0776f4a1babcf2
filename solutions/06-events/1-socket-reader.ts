/**
 * A socket that is asked for bytes, instead of calling with them.
 *
 * @module
 */
import type { Socket } from "node:net";

/** What every call takes. */
export interface ReadOptions {
  /** calls the call off */
  signal?: AbortSignal;
}

/** What {@link SocketReader.readUntil} takes. */
export interface ReadUntilOptions extends ReadOptions {
  /** how many bytes may come before the delimiter */
  limitBytes: number;
}

/**
 * Reads one connection, call by call. For every call holds:
 *
 * - Bytes come out in the order in which they came in, each of them once, and as they came. What was
 *   given out is the caller's, and never changes.
 * - A call that fails takes nothing: the next one begins with the same byte.
 * - A call that has to wait fails with the socket's own error when the connection fails, and every
 *   later call that has to wait fails, too; so it does, with any error, when the socket is destroyed.
 * - When its signal aborts, a call fails at once with the signal's reason; so it does when the signal
 *   has aborted before. The socket stays as it is. A call that is over has nothing to do with its
 *   signal any more.
 * - One call waits at a time. Another one meanwhile fails, and does the first no harm.
 * - While nobody asks, not more than a mebibyte is taken out of the connection. A call that asks for
 *   more than that gets it.
 */
export class SocketReader {
  // #region cut
  readonly #socket: Socket;
  #chunks: Uint8Array[] = [];
  #length = 0;
  #ended = false;
  #error: Error | undefined;
  #waits = false;
  #wake = () => {};
  // #endregion

  /** @param socket Connected, and nobody has read from it or listens to it yet */
  constructor(socket: Socket) {
    // #region todo Listen to the socket, and keep what it tells
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
    // After an error or an end this says nothing new; after destroy() nothing else is said.
    socket.on("close", () => {
      this.#error ??= new Error("The socket was destroyed");
      this.#wake();
    });
    // It flows only while a call waits, see #more().
    socket.pause();
    // #endregion
  }

  /**
   * Waits until there is something to give.
   *
   * @param options What may call it off
   * @returns At least one byte, or null when the peer has ended and everything was given out
   */
  async read({ signal }: ReadOptions = {}): Promise<Uint8Array | null> {
    // #region todo Give what is there, or what comes next
    return await this.#take(() => this.#length || undefined, signal);
    // #endregion
  }

  /**
   * Waits for a number of bytes.
   *
   * @param count How many; for 0 it gives no bytes, at once and also at the end
   * @param options What may call it off
   * @returns Exactly that many bytes, or null when the peer has ended and everything was given out
   * @throws {Error} When the peer has ended, and there are some bytes, but not that many. Its message
   * says that the connection "ended", and names both numbers
   */
  async readExactly(count: number, { signal }: ReadOptions = {}): Promise<Uint8Array | null> {
    // #region todo Wait until that many bytes are there
    return await this.#take(
      () => this.#length >= count ? count : undefined,
      signal,
      `${count} were wanted`,
    );
    // #endregion
  }

  /**
   * Waits for a delimiter.
   *
   * @param delimiter One byte or several
   * @param options The limit, and what may call it off
   * @returns The bytes before the delimiter, which is taken out, too, and not given; null when the
   * peer has ended and everything was given out
   * @throws {RangeError} When there are more than `limitBytes` bytes before the delimiter; at the
   * latest when as many bytes are there as the limit and the delimiter have together, and it is not
   * among them. Its message names the limit
   * @throws {Error} When the peer has ended, and there are some bytes without a delimiter. Its message
   * says that the connection "ended"
   */
  async readUntil(
    delimiter: Uint8Array,
    { limitBytes, signal }: ReadUntilOptions,
  ): Promise<Uint8Array | null> {
    // #region todo Wait until the delimiter is there, or cannot come in time
    const found = await this.#take(
      () => {
        const all = this.#join();
        const at = all.indexOf(delimiter);
        // Without it, its first bytes may be the last of those that are there.
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
    // #endregion
  }

  // #region cut

  /**
   * Waits until it is known how many bytes to take, and takes them. Until then all bytes stay where
   * they are, so there is nothing to be put back when it fails.
   */
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

  /** Lets the socket flow until something has come of it, or the signal aborts. */
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

  // The chunks of a long message are joined once, not once for every chunk.
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
  // #endregion
}
