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
import { checkInteger, checkSeconds, show } from "./system/check.ts";
import { checkDescriptor } from "./system/descriptor.ts";
import { closed } from "./system/fail.ts";
import {
  EpollMechanism,
  type Mechanism,
  PollMechanism,
  READ,
  SelectMechanism,
  WRITE,
} from "./system/mechanisms.ts";
import { isLinux } from "./system/platform.ts";
import type { Selectable } from "./select.ts";

/** A call that reads would not wait: there are bytes, a connection to accept, or the end. */
export const EVENT_READ: number = READ;
/** A call that sends would not wait: there is room, or a connect() is over. */
export const EVENT_WRITE: number = WRITE;

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
export class Selector<T = unknown> implements Disposable {
  readonly #keys = new Map<number, SelectorKey<T>>();
  readonly #mechanism: Mechanism;
  #closed = false;

  /**
   * Makes a selector of one of the system's calls.
   *
   * @hidden
   * @param mechanism The call
   */
  protected constructor(mechanism: Mechanism) {
    this.#mechanism = mechanism;
  }

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
    if (this.#keys.has(fd)) {
      throw new RangeError(`register() takes what is not registered, and ${this.#holder(fd)}`);
    }
    const key = { fileobj, fd, events, data };
    this.#mechanism.add(fd, events);
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
  modify(fileobj: Selectable, events: number, ...data: [data?: T]): SelectorKey<T> {
    this.#checkOpen("modify");
    const old = this.#find("modify", fileobj);
    checkEvents("modify", events);
    if (events !== old.events) this.#mechanism.change(old.fd, events);
    const key = { ...old, events, data: data.length === 0 ? old.data : data[0] as T };
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
      this.#mechanism.remove(key.fd);
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
    for (const [fd, come] of this.#mechanism.wait(limit, this.#keys.size)) {
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

  /**
   * Forgets all of them, and gives back what the selector itself has open; the sockets stay open. Any
   * call but this one fails with EBADF then.
   */
  close(): void {
    this.#closed = true;
    this.#mechanism.close();
    this.#keys.clear();
  }

  /** {@link close}, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  // A closed socket's number goes to the next one that is opened.
  #holder(fd: number): string {
    const { fileobj } = this.#keys.get(fd)!;
    const isStale = typeof fileobj !== "number" && fileobj.fileno() !== fd;
    return isStale ? `${fd} is, by a socket that was closed: unregister() it first` : `${fd} is`;
  }

  #checkOpen(call: string): void {
    if (this.#closed) throw closed(call, "selector");
  }

  // A socket that was closed has no number any more, and may still be registered.
  #find(call: string, fileobj: Selectable): SelectorKey<T> {
    const fd: unknown = typeof fileobj === "number" ? fileobj : fileobj?.fileno?.();
    const key = fd === -1 ? undefined : this.#keys.get(fd as number);
    if (key) return key;
    for (const other of this.#keys.values()) {
      if (typeof fileobj !== "number" && other.fileobj === fileobj) return other;
    }
    const seen = typeof fd === "number" ? fd : show(fileobj);
    throw new RangeError(`${call}() takes what is registered, and ${seen} is not`);
  }
}

function checkEvents(call: string, events: number): void {
  checkInteger(`${call}() takes EVENT_READ, EVENT_WRITE or both`, events, 1, 3);
}

function lessIsNone(seconds: number | null): number | null {
  return typeof seconds === "number" && seconds < 0 ? 0 : seconds;
}

/** A selector that asks select(): descriptors below 1024. */
export class SelectSelector<T = unknown> extends Selector<T> {
  /** Nothing is registered yet. */
  constructor() {
    super(new SelectMechanism());
  }
}

/** A selector that asks poll(). */
export class PollSelector<T = unknown> extends Selector<T> {
  /** Nothing is registered yet. */
  constructor() {
    super(new PollMechanism());
  }
}

/** A selector that asks epoll(): Linux only. */
export class EpollSelector<T = unknown> extends Selector<T> {
  /** Nothing is registered yet. */
  constructor() {
    super(new EpollMechanism());
  }
}

/**
 * The best that this system has: epoll() on Linux, poll() on macOS.
 *
 * Elsewhere: Python `selectors.DefaultSelector`, which takes kqueue on macOS.
 */
export class DefaultSelector<T = unknown> extends Selector<T> {
  /** Nothing is registered yet. */
  constructor() {
    super(isLinux ? new EpollMechanism() : new PollMechanism());
  }
}
