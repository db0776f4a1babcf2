/**
 * Right: lets the socket flow until 64 KiB wait unread, whether somebody asks or not, and
 * callbacks do the rest.
 *
 * Refused by a test that wants the socket to be paused whenever no call waits.
 *
 * @module
 */
import type { Socket } from "node:net";

interface Waiting {
  attempt: () => Uint8Array | null | undefined;
  settle: (outcome: { value: Uint8Array | null } | { error: unknown }) => void;
}

const full = 64 * 1024;

export class SocketReader {
  #socket: Socket;
  #kept: Buffer = Buffer.alloc(0);
  #over: { error?: Error } | undefined;
  #waiting: Waiting | undefined;

  constructor(socket: Socket) {
    this.#socket = socket
      .on("data", (chunk) => {
        this.#kept = Buffer.concat([this.#kept, chunk]);
        this.#try();
        if (this.#kept.length >= full && !this.#waiting) socket.pause();
      })
      .on("end", () => this.#end({}))
      .on("error", (error) => this.#end({ error }))
      .on("close", () => this.#end({ error: new Error("closed") }));
  }

  read({ signal }: { signal?: AbortSignal } = {}): Promise<Uint8Array | null> {
    return this.#call(signal, () => this.#kept.length ? this.#cut(this.#kept.length) : undefined);
  }

  readExactly(count: number, { signal }: { signal?: AbortSignal } = {}) {
    return this.#call(signal, () => {
      if (this.#kept.length >= count) return this.#cut(count);
      if (this.#kept.length && this.#over && !this.#over.error) {
        throw new Error(`the peer ended after ${this.#kept.length} of ${count}`);
      }
      return undefined;
    });
  }

  readUntil(
    delimiter: Uint8Array,
    { limitBytes, signal }: { limitBytes: number; signal?: AbortSignal },
  ): Promise<Uint8Array | null> {
    return this.#call(signal, () => {
      const at = this.#kept.indexOf(delimiter);
      if (at > limitBytes || (at < 0 && this.#kept.length > limitBytes + delimiter.length - 1)) {
        throw new RangeError(`longer than ${limitBytes}`);
      }
      if (at >= 0) return this.#cut(at, delimiter.length);
      if (this.#kept.length && this.#over && !this.#over.error) {
        throw new Error("the peer ended without a delimiter");
      }
      return undefined;
    });
  }

  #end(how: { error?: Error }): void {
    this.#over ??= how;
    this.#try();
  }

  #cut(count: number, andDrop = 0): Uint8Array {
    const taken = this.#kept.subarray(0, count);
    this.#kept = this.#kept.subarray(count + andDrop);
    return taken;
  }

  #call(signal: AbortSignal | undefined, attempt: Waiting["attempt"]) {
    return new Promise<Uint8Array | null>((resolve, reject) => {
      if (this.#waiting) throw new Error("busy");
      if (signal?.aborted) throw signal.reason;
      const abort = () => this.#waiting?.settle({ error: signal!.reason });
      signal?.addEventListener("abort", abort);
      this.#waiting = {
        attempt,
        settle: (outcome) => {
          this.#waiting = undefined;
          signal?.removeEventListener("abort", abort);
          if ("error" in outcome) reject(outcome.error);
          else resolve(outcome.value);
        },
      };
      this.#try();
      if (this.#waiting) this.#socket.resume();
    });
  }

  #try(): void {
    const call = this.#waiting;
    if (!call) return;
    try {
      const got = call.attempt();
      if (got) call.settle({ value: got });
      else if (this.#over?.error) call.settle({ error: this.#over.error });
      else if (this.#over) call.settle({ value: null });
    } catch (error) {
      call.settle({ error });
    }
  }
}
