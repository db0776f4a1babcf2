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
  /** @param socket Connected, and nobody has read from it or listens to it yet */
  constructor(socket: Socket) {
    // TODO: Listen to the socket, and keep what it tells
    throw new Error("Not written yet");
  }

  /**
   * Waits until there is something to give.
   *
   * @param options What may call it off
   * @returns At least one byte, or null when the peer has ended and everything was given out
   */
  async read({ signal }: ReadOptions = {}): Promise<Uint8Array | null> {
    // TODO: Give what is there, or what comes next
    throw new Error("Not written yet");
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
    // TODO: Wait until that many bytes are there
    throw new Error("Not written yet");
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
    // TODO: Wait until the delimiter is there, or cannot come in time
    throw new Error("Not written yet");
  }
}
