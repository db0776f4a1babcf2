/**
 * Right: asks the socket itself, on its event "readable", and keeps nothing that it does not need.
 *
 * Refused by a test that wants the data event to be listened to, or that counts what the socket
 * holds.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { Socket } from "node:net";

interface ReadOptions {
  signal?: AbortSignal;
}

export class SocketReader {
  #socket: Socket;
  #kept = Buffer.alloc(0);
  #state: "open" | "ended" | Error = "open";
  #pending = false;
  #changed = new EventTarget();

  constructor(socket: Socket) {
    this.#socket = socket;
    const tell = () => this.#changed.dispatchEvent(new Event("change"));
    socket.on("readable", tell);
    socket.once("end", () => {
      this.#state = "ended";
      tell();
    });
    socket.once("error", (error) => {
      this.#state = error;
      tell();
    });
    socket.once("close", () => {
      if (this.#state === "open") this.#state = new Error("closed by this side");
      tell();
    });
  }

  read({ signal }: ReadOptions = {}): Promise<Uint8Array | null> {
    return this.#when(signal, () => this.#kept.length > 0 ? this.#cut(this.#kept.length) : null);
  }

  readExactly(count: number, { signal }: ReadOptions = {}): Promise<Uint8Array | null> {
    const enough = () => this.#kept.length >= count ? this.#cut(count) : null;
    return this.#when(signal, enough, ` of ${count}`);
  }

  readUntil(
    delimiter: Uint8Array,
    { signal, limitBytes }: ReadOptions & { limitBytes: number },
  ): Promise<Uint8Array | null> {
    return this.#when(signal, () => {
      const at = this.#kept.indexOf(delimiter);
      const tooLong = at > limitBytes ||
        (at < 0 && this.#kept.length >= limitBytes + delimiter.length);
      if (tooLong) throw new RangeError(`the limit of ${limitBytes} bytes is passed`);
      if (at < 0) return null;
      const line = this.#cut(at);
      this.#cut(delimiter.length);
      return line;
    });
  }

  #cut(count: number): Uint8Array {
    const taken = Uint8Array.from(this.#kept.subarray(0, count));
    this.#kept = this.#kept.subarray(count);
    return taken;
  }

  async #when(
    signal: AbortSignal | undefined,
    attempt: () => Uint8Array | null,
    wanted = "",
  ): Promise<Uint8Array | null> {
    if (this.#pending) throw new Error("a call is pending");
    this.#pending = true;
    try {
      while (true) {
        signal?.throwIfAborted();
        const got = attempt();
        if (got) return got;
        const chunk: Buffer | null = this.#socket.read();
        if (chunk) this.#kept = Buffer.concat([this.#kept, chunk]);
        else if (this.#state === "open") await this.#change(signal);
        else if (this.#state !== "ended") throw this.#state;
        else if (this.#kept.length > 0) {
          throw new Error(`ended after ${this.#kept.length}${wanted}`);
        } else return null;
      }
    } finally {
      this.#pending = false;
    }
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = () => {
        this.#changed.removeEventListener("change", done);
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const abort = () => {
        this.#changed.removeEventListener("change", done);
        reject(signal!.reason);
      };
      this.#changed.addEventListener("change", done);
      signal?.addEventListener("abort", abort, { once: true });
    });
  }
}
