/**
 * Wrong, own: waits with EPOLLET: who leaves bytes unread is not told of them again.
 *
 * Says: "it read one at a time"
 * Same as: wrong-own-calls-once.ts, because both call once where bytes are left; what the kernel
 * is told cannot be seen from outside
 *
 * @module
 */
import { epoll, EPOLLET, EPOLLIN, EPOLLOUT, type Selectable } from "#berkeley/select.ts";

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
  readonly #epoll = epoll();
  readonly #sockets = new Map<number, Waiting>();
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
    while (!this.#stopped && (this.#timers.size > 0 || this.#sockets.size > 0)) {
      const first = this.#nextTimer();
      const seconds = first && Math.max(0, first.dueMs - performance.now()) / 1000;
      for (const [fd, events] of this.#epoll.poll(seconds ?? null)) {
        if (events & EPOLLIN) this.#call(() => this.#sockets.get(fd)?.readable);
        if (events & EPOLLOUT) this.#call(() => this.#sockets.get(fd)?.writable);
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
    return this.#sockets.get(typeof sock === "number" ? sock : sock.fileno()) ?? {};
  }

  #wait(sock: Selectable, waiting: Waiting): void {
    const events = (waiting.readable ? EPOLLIN : 0) | (waiting.writable ? EPOLLOUT : 0);
    const fd = typeof sock === "number" ? sock : sock.fileno();
    const isKnown = this.#sockets.has(fd);
    if (isKnown && events) this.#epoll.modify(fd, events | EPOLLET);
    else if (isKnown) this.#epoll.unregister(fd);
    else if (events) this.#epoll.register(fd, events | EPOLLET);
    if (events) this.#sockets.set(fd, waiting);
    else this.#sockets.delete(fd);
  }
}
