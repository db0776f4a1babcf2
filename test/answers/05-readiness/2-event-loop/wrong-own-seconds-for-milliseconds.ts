/**
 * Wrong, own: gives select(), which takes seconds, a number of milliseconds.
 *
 * Says: "run() called a timer of 0.6 ms"
 *
 * @module
 */
import type { Selectable } from "#berkeley/select.ts";
import { DefaultSelector, EVENT_READ, EVENT_WRITE } from "#berkeley/selectors.ts";

export type Callback = () => void;

interface Waiting {
  readable?: Callback | undefined;
  writable?: Callback | undefined;
}

interface Timer {
  dueMs: number;
  callback: Callback;
}

export class EventLoop {
  readonly #selector = new DefaultSelector<Waiting>();
  readonly #timers = new Set<Timer>();
  #stopped = false;

  onReadable(sock: Selectable, callback: Callback): void {
    this.#wait(sock, { ...this.#waiting(sock), readable: callback });
  }

  onWritable(sock: Selectable, callback: Callback): void {
    this.#wait(sock, { ...this.#waiting(sock), writable: callback });
  }

  offReadable(sock: Selectable): void {
    this.#wait(sock, { ...this.#waiting(sock), readable: undefined });
  }

  offWritable(sock: Selectable): void {
    this.#wait(sock, { ...this.#waiting(sock), writable: undefined });
  }

  setTimer(ms: number, callback: Callback): () => void {
    const timer = { dueMs: performance.now() + ms, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  run(): void {
    this.#stopped = false;
    while (!this.#stopped && (this.#timers.size > 0 || this.#selector.get_map().size > 0)) {
      const first = this.#nextTimer();
      const seconds = first && Math.max(0, first.dueMs - performance.now());
      const ready = this.#selector.select(seconds ?? null);
      for (const [key, events] of ready) {
        if (events & EVENT_READ) this.#call(() => this.#waiting(key.fileobj).readable);
        if (events & EVENT_WRITE) this.#call(() => this.#waiting(key.fileobj).writable);
      }
      this.#callTimers(performance.now());
    }
  }

  stop(): void {
    this.#stopped = true;
  }
  #call(callback: () => Callback | undefined): void {
    if (!this.#stopped) callback()?.();
  }
  #callTimers(nowMs: number): void {
    const due = [...this.#timers].filter((it) => it.dueMs <= nowMs);
    for (const timer of due.sort((a, b) => a.dueMs - b.dueMs)) {
      if (this.#stopped) return;
      if (this.#timers.delete(timer)) timer.callback();
    }
  }

  #nextTimer(): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of this.#timers) {
      if (!next || timer.dueMs < next.dueMs) next = timer;
    }
    return next;
  }

  #waiting(sock: Selectable): Waiting {
    const fd = typeof sock === "number" ? sock : sock.fileno();
    return this.#selector.get_map().get(fd)?.data ?? {};
  }

  #wait(sock: Selectable, waiting: Waiting): void {
    const events = (waiting.readable ? EVENT_READ : 0) | (waiting.writable ? EVENT_WRITE : 0);
    const isKnown = this.#selector.get_map().has(typeof sock === "number" ? sock : sock.fileno());
    if (isKnown && events) this.#selector.modify(sock, events, waiting);
    else if (isKnown) this.#selector.unregister(sock);
    else if (events) this.#selector.register(sock, events, waiting);
  }
}
