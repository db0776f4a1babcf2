/**
 * Right: keeps one iterator of the socket for all calls, and the step of it that has been begun
 * for the next call when a call is called off.
 *
 * Refused by a test that expects a call that was called off to leave nothing pending.
 *
 * @module
 */
import type { Socket } from "node:net";

type Options = { signal?: AbortSignal };

export class SocketReader {
  readonly #steps: AsyncIterator<Uint8Array>;
  #step: Promise<IteratorResult<Uint8Array>> | undefined;
  #kept = new Uint8Array();
  #ended = false;
  #calls = 0;

  constructor(socket: Socket) {
    socket.on("error", () => {}); // the iterator tells it
    this.#steps = socket.iterator({ destroyOnReturn: false });
  }

  async read(options: Options = {}) {
    using _one = this.#alone(options);
    while (this.#kept.length === 0 && await this.#more(options));
    return this.#kept.length > 0 ? this.#cut(this.#kept.length) : null;
  }

  async readExactly(count: number, options: Options = {}) {
    using _one = this.#alone(options);
    while (this.#kept.length < count && await this.#more(options));
    if (this.#kept.length >= count) return this.#cut(count);
    if (this.#kept.length === 0) return null;
    throw new Error(`Ended in the middle of a message, ${this.#kept.length} of ${count}`);
  }

  async readUntil(delimiter: Uint8Array, options: Options & { limitBytes: number }) {
    using _one = this.#alone(options);
    const { limitBytes: limit } = options;
    for (;;) {
      const window = Buffer.from(this.#kept.subarray(0, limit + delimiter.length));
      const at = window.indexOf(delimiter);
      if (at >= 0) {
        const line = this.#cut(at);
        this.#cut(delimiter.length);
        return line;
      }
      if (window.length === limit + delimiter.length) throw new RangeError(`Limit: ${limit}`);
      if (await this.#more(options)) continue;
      if (this.#kept.length === 0) return null;
      throw new Error("Ended in the middle of a line");
    }
  }

  #alone({ signal }: Options): Disposable {
    if (signal?.aborted) throw signal.reason;
    if (this.#calls > 0) throw new Error("One at a time");
    this.#calls++;
    return { [Symbol.dispose]: () => void this.#calls-- };
  }

  async #more({ signal }: Options): Promise<boolean> {
    if (this.#ended) return false;
    this.#step ??= this.#steps.next();
    const { done, value } = await unlessAborted(this.#step, signal);
    this.#step = undefined;
    if (done) return !(this.#ended = true);
    this.#kept = Buffer.concat([this.#kept, value]);
    return true;
  }

  #cut(count: number): Uint8Array {
    const taken = this.#kept.slice(0, count);
    this.#kept = this.#kept.subarray(count);
    return taken;
  }
}

async function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return await promise;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
