/**
 * One class in front of select(), poll() and epoll(): who waits for what, and what goes with it.
 *
 * ```ts
 * using selector = new DefaultSelector<() => void>();
 * selector.register(listener, EVENT_READ, accept);
 * for (;;) {
 *   for (const [key] of selector.select()) key.data(); // waits until a socket is ready
 * }
 * ```
 *
 * @module
 */
import { checkDescriptor, checkInteger, checkSeconds } from "./system/check.ts";
import { closed } from "./system/fail.ts";
import {
  type Epoll,
  epoll,
  EPOLLIN,
  EPOLLOUT,
  hasEpoll,
  poll,
  POLLIN,
  POLLOUT,
  select,
  type Selectable,
} from "./select.ts";

/** A call that reads would not wait: there are bytes, a connection to accept, or the end. */
export const EVENT_READ = 1;
/** A call that sends would not wait: there is room, or a connect() is over. */
export const EVENT_WRITE = 2;

/** What a selector knows of a socket. */
export interface SelectorKey<T> {
  /** what was registered */
  readonly fileobj: Selectable;
  /** its descriptor's number */
  readonly fd: number;
  /** EVENT_READ, EVENT_WRITE or both, joined by | */
  readonly events: number;
  /** what was registered with it */
  readonly data: T;
}

/** What all selectors can do; programs take a {@link DefaultSelector}. */
export abstract class BaseSelector<T = unknown> implements Disposable {
  readonly #keys = new Map<number, SelectorKey<T>>();
  #closed = false;

  /**
   * Begins to wait for a socket.
   *
   * Elsewhere: Python `register()`; C `epoll_ctl(2)`; in libuv `uv_poll_start()`.
   *
   * @param fileobj A socket, non-blocking, or a descriptor
   * @param events EVENT_READ, EVENT_WRITE or both, joined by |
   * @param data Comes back with each event: who it is, or what to call
   * @returns What is known of it now
   * @throws {RangeError} When it is registered already, or there are no such events
   * @throws {OSError} When it is closed
   */
  register(fileobj: Selectable, events: number, data: T): SelectorKey<T> {
    this.#checkOpen("register");
    const fd = checkDescriptor("register", fileobj);
    checkEvents("register", events);
    if (this.#keys.has(fd)) throw new RangeError(`register(): ${fd} is registered already`);
    const key = { fileobj, fd, events, data };
    this.add(fd, events);
    this.#keys.set(fd, key);
    return key;
  }

  /**
   * Waits for other events of a socket, or gives it other data.
   *
   * Elsewhere: Python `modify()`; C `epoll_ctl(2)`.
   *
   * @param fileobj As it was registered
   * @param events EVENT_READ, EVENT_WRITE or both, joined by |
   * @param data What comes back with each event; as before when left out
   * @returns What is known of it now
   * @throws {RangeError} When it is not registered, or there are no such events
   */
  modify(fileobj: Selectable, events: number, data?: T): SelectorKey<T> {
    this.#checkOpen("modify");
    const old = this.get_key(fileobj);
    checkEvents("modify", events);
    if (events !== old.events) this.change(old.fd, events);
    const key = { ...old, events, data: data === undefined ? old.data : data };
    this.#keys.set(old.fd, key);
    return key;
  }

  /**
   * Waits for a socket no more. To be called before the socket is closed: the number of a closed
   * descriptor goes to the next one that is opened.
   *
   * Elsewhere: Python `unregister()`; C `epoll_ctl(2)`.
   *
   * @param fileobj As it was registered; a socket that was closed since is found, too
   * @returns What was known of it
   * @throws {RangeError} When it is not registered
   */
  unregister(fileobj: Selectable): SelectorKey<T> {
    this.#checkOpen("unregister");
    const key = this.#find("unregister", fileobj);
    this.#keys.delete(key.fd);
    try {
      this.remove(key.fd);
    } catch {
      // It was closed, and has left the kernel's set by that.
    }
    return key;
  }

  /**
   * Waits until some of the sockets are ready.
   *
   * Elsewhere: Python `select()`; C `epoll_wait(2)`, `poll(2)`, `select(2)`; below `node:net` and Deno
   * the loop calls it, and then your callbacks.
   *
   * @param seconds How long at most; 0 and less looks and returns, null waits without end
   * @returns Each with the events that have come; none when the time was over. Each is readiness: the
   * reading and sending is still to be done
   */
  select(seconds: number | null = null): [key: SelectorKey<T>, events: number][] {
    this.#checkOpen("select");
    const limit = checkSeconds("select() takes", lessIsNone(seconds));
    const ready: [SelectorKey<T>, number][] = [];
    for (const [fd, come] of this.wait(limit, this.#keys.size)) {
      const key = this.#keys.get(fd);
      const events = key ? come & key.events : 0;
      if (key && events !== 0) ready.push([key, events]);
    }
    return ready;
  }

  /**
   * What is known of a socket.
   *
   * @param fileobj As it was registered
   * @throws {RangeError} When it is not registered
   */
  get_key(fileobj: Selectable): SelectorKey<T> {
    this.#checkOpen("get_key");
    return this.#find("get_key", fileobj);
  }

  /** All that is registered, by the descriptor's number; to be read. */
  get_map(): ReadonlyMap<number, SelectorKey<T>> {
    return this.#keys;
  }

  /** Forgets all of them, and gives back what the selector itself has open; the sockets stay open. */
  close(): void {
    this.#closed = true;
    this.#keys.clear();
  }

  /** {@link close}, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Begins to wait for a descriptor.
   *
   * @param fd Its number
   * @param events EVENT_READ and EVENT_WRITE
   */
  protected abstract add(fd: number, events: number): void;
  /**
   * Waits for other events.
   *
   * @param fd A descriptor's number
   * @param events EVENT_READ and EVENT_WRITE
   */
  protected abstract change(fd: number, events: number): void;
  /**
   * Waits for it no more.
   *
   * @param fd A descriptor's number
   */
  protected abstract remove(fd: number): void;
  /**
   * Waits.
   *
   * @param seconds How long at most; null for without end
   * @param size How many are registered
   * @returns Descriptors with EVENT_READ and EVENT_WRITE
   */
  protected abstract wait(seconds: number | null, size: number): [fd: number, events: number][];

  #checkOpen(call: string): void {
    if (this.#closed) throw closed(call);
  }

  // A socket that was closed has no number any more, and may still be registered.
  #find(call: string, fileobj: Selectable): SelectorKey<T> {
    const fd = typeof fileobj === "number" ? fileobj : fileobj?.fileno?.();
    const key = fd === -1 ? undefined : this.#keys.get(fd as number);
    if (key) return key;
    for (const other of this.#keys.values()) {
      if (typeof fileobj !== "number" && other.fileobj === fileobj) return other;
    }
    throw new RangeError(`${call}(): ${fd === undefined ? "it" : fd} is not registered`);
  }
}

function checkEvents(call: string, events: number): void {
  checkInteger(`${call}() takes EVENT_READ, EVENT_WRITE or both`, events, 1, 3);
}

function lessIsNone(seconds: number | null): number | null {
  return typeof seconds === "number" && seconds < 0 ? 0 : seconds;
}

/** A selector that asks {@link select}: descriptors below 1024. */
export class SelectSelector<T = unknown> extends BaseSelector<T> {
  readonly #readers = new Set<number>();
  readonly #writers = new Set<number>();

  protected override add(fd: number, events: number): void {
    if (events & EVENT_READ) this.#readers.add(fd);
    if (events & EVENT_WRITE) this.#writers.add(fd);
  }

  protected override change(fd: number, events: number): void {
    this.remove(fd);
    this.add(fd, events);
  }

  protected override remove(fd: number): void {
    this.#readers.delete(fd);
    this.#writers.delete(fd);
  }

  protected override wait(seconds: number | null): [fd: number, events: number][] {
    const [readable, writable] = select([...this.#readers], [...this.#writers], [], seconds);
    const events = new Map(readable.map((fd) => [fd, EVENT_READ]));
    for (const fd of writable) events.set(fd, (events.get(fd) ?? 0) | EVENT_WRITE);
    return [...events];
  }
}

/** A selector that asks {@link poll}. */
export class PollSelector<T = unknown> extends BaseSelector<T> {
  readonly #poll = poll();

  protected override add(fd: number, events: number): void {
    this.#poll.register(fd, toPoll(events));
  }

  protected override change(fd: number, events: number): void {
    this.#poll.modify(fd, toPoll(events));
  }

  protected override remove(fd: number): void {
    this.#poll.unregister(fd);
  }

  protected override wait(seconds: number | null): [fd: number, events: number][] {
    const found = this.#poll.poll(seconds === null ? null : seconds * 1000);
    for (const it of found) it[1] = fromPoll(it[1], POLLIN, POLLOUT);
    return found;
  }
}

/** A selector that asks {@link epoll}: Linux only. */
export class EpollSelector<T = unknown> extends BaseSelector<T> {
  readonly #epoll: Epoll = epoll();

  /** The number of the descriptor that epoll itself has. */
  fileno(): number {
    return this.#epoll.fileno();
  }

  override close(): void {
    this.#epoll.close();
    super.close();
  }

  protected override add(fd: number, events: number): void {
    this.#epoll.register(fd, toEpoll(events));
  }

  protected override change(fd: number, events: number): void {
    this.#epoll.modify(fd, toEpoll(events));
  }

  protected override remove(fd: number): void {
    this.#epoll.unregister(fd);
  }

  protected override wait(seconds: number | null, size: number): [fd: number, events: number][] {
    const found = this.#epoll.poll(seconds, Math.max(1, size));
    for (const it of found) it[1] = fromPoll(it[1], EPOLLIN, EPOLLOUT);
    return found;
  }
}

function toPoll(events: number): number {
  return (events & EVENT_READ ? POLLIN : 0) | (events & EVENT_WRITE ? POLLOUT : 0);
}

function toEpoll(events: number): number {
  return (events & EVENT_READ ? EPOLLIN : 0) | (events & EVENT_WRITE ? EPOLLOUT : 0);
}

// An error, a hang-up or a closed descriptor makes both calls return at once: whoever waits for one of
// them is to be told.
function fromPoll(come: number, input: number, output: number): number {
  const other = come & ~(input | output);
  return (come & (input | other) ? EVENT_READ : 0) | (come & (output | other) ? EVENT_WRITE : 0);
}

// To the type checker it is one of them: a class cannot extend either the one or the other.
const Best = (hasEpoll ? EpollSelector : PollSelector) as unknown as typeof PollSelector;

/**
 * The best that this system has: {@link EpollSelector} on Linux, {@link PollSelector} on macOS.
 *
 * Elsewhere: Python `selectors.DefaultSelector`, which takes kqueue on macOS.
 */
export class DefaultSelector<T = unknown> extends Best<T> {}
