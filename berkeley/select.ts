/**
 * Waiting for several sockets at once: `select()`, `poll()` and `epoll()`, as the system has them.
 *
 * Each answers one question: which of these descriptors would not make a call wait now? The answer is
 * readiness, not completion: the reading is still to be done, and may find that there is nothing
 * after all. So the sockets asked about are non-blocking ones.
 *
 * | | how many | what it costs |
 * | --- | --- | --- |
 * | {@link select} | descriptors below 1024 | every call looks at all of them |
 * | {@link poll} | any | every call looks at all of them |
 * | {@link epoll} | any | each call looks at those that are ready; Linux only |
 *
 * `selectors.ts` has one class in front of the three, which is what a program takes.
 *
 * @module
 */
import { FileNotFoundError } from "./errors.ts";
import { checkInteger, checkSeconds, show } from "./system/check.ts";
import { checkDescriptor, type HasFileno, must } from "./system/descriptor.ts";
import { closed, numberOf } from "./system/fail.ts";
import * as libc from "./system/libc.ts";
import { epollWords, here } from "./system/platform.ts";
import { waitIn } from "./system/wait.ts";

/** poll(): there is something to read, a connection to accept, or the end. poll(2) */
export const POLLIN: number = here(0x1, 0x1);
/** poll(): there is urgent data. */
export const POLLPRI: number = here(0x2, 0x2);
/** poll(): there is room to send, or a connect() is over. */
export const POLLOUT: number = here(0x4, 0x4);
/** poll(): an error waits on the socket; always told. */
export const POLLERR: number = here(0x8, 0x8);
/** poll(): both directions are closed; always told. */
export const POLLHUP: number = here(0x10, 0x10);
/** poll(): there is no such descriptor; always told. */
export const POLLNVAL: number = here(0x20, 0x20);
/** poll(): the peer's FIN has come, Linux only. */
export const POLLRDHUP: number = here(0x2000, 0);

/** epoll(): there is something to read, a connection to accept, or the end. epoll_ctl(2) */
export const EPOLLIN = 0x1;
/** epoll(): there is urgent data. */
export const EPOLLPRI = 0x2;
/** epoll(): there is room to send, or a connect() is over. */
export const EPOLLOUT = 0x4;
/** epoll(): an error waits on the socket; always told. */
export const EPOLLERR = 0x8;
/** epoll(): both directions are closed; always told. */
export const EPOLLHUP = 0x10;
/** epoll(): the peer's FIN has come. */
export const EPOLLRDHUP = 0x2000;
/** epoll(): tell once, and then no more until {@link Epoll.modify}. */
export const EPOLLONESHOT = 0x4000_0000;
/** epoll(): tell when something changes, not as long as it holds (edge triggering). */
export const EPOLLET = 0x8000_0000;
/** epoll(): of several that wait for one descriptor, wake one. */
export const EPOLLEXCLUSIVE = 0x1000_0000;

/** The first descriptor that {@link select} cannot take. */
export const FD_SETSIZE = 1024;

/** A socket, or the number of a descriptor. */
export type Selectable = number | HasFileno;

/**
 * Waits until some of the descriptors are ready.
 *
 * Elsewhere: C `select(2)`; Python `select.select()`; Node and Deno use the next two.
 *
 * @param rlist Those that are to be readable
 * @param wlist Those that are to be writable
 * @param xlist Those that may have urgent data
 * @param seconds How long at most; 0 looks and returns, null waits without end
 * @returns Those that are ready, in three lists; all empty when the time was over
 * @throws {RangeError} For a descriptor from 1024 on: it has no room in select()'s table
 * @throws {OSError} EBADF: one of them is closed
 */
export function select<R extends Selectable, W extends Selectable, X extends Selectable>(
  rlist: readonly R[],
  wlist: readonly W[],
  xlist: readonly X[],
  seconds: number | null = null,
): [R[], W[], X[]] {
  const limitMs = milliseconds("select() takes", seconds);
  const asked = [listOf("rlist", rlist), listOf("wlist", wlist), listOf("xlist", xlist)] as const;
  const highest = asked.flat().reduce((most, { fd }) => Math.max(most, fd), -1);
  let sets: Uint8Array[] = [];
  const found = waitIn("select", limitMs, (ms) => {
    sets = asked.map(fdSet); // select(2) writes its answer over the question
    const [read = null, write = null, except = null] = sets;
    return libc.select(highest + 1, read, write, except, ms < 0 ? null : timeval(ms));
  });
  if (found === 0) return [[], [], []];
  const ready = <T>(list: Asked<T>[], k: number) =>
    list.filter(({ fd }) => has(sets[k]!, fd)).map(({ it }) => it);
  return [ready(asked[0], 0), ready(asked[1], 1), ready(asked[2], 2)];
}

/** What is asked about, and its descriptor. */
interface Asked<T> {
  it: T;
  fd: number;
}

// A copy, without holes, and whatever a descriptor's fileno() does to the list that it was in.
function listOf<T extends Selectable>(name: string, list: readonly T[]): Asked<T>[] {
  if (Array.isArray(list)) return Array.from(list, (it: T) => ({ it, fd: selectable(it) }));
  throw new TypeError(`select() takes ${name}: an array of sockets, got ${show(list)}`);
}

function selectable(it: Selectable): number {
  const fd = checkDescriptor("select", it);
  return checkInteger("select() takes a descriptor", fd, 0, FD_SETSIZE - 1);
}

// fd_set is an array of long: on a little-endian machine that is a row of bytes.
function fdSet(asked: readonly Asked<unknown>[]): Uint8Array {
  const set = new Uint8Array(FD_SETSIZE / 8);
  for (const { fd } of asked) set[fd >> 3]! |= 1 << (fd & 7);
  return set;
}

function has(set: Uint8Array, fd: number): boolean {
  return (set[fd >> 3]! & (1 << (fd & 7))) !== 0;
}

// struct timeval: a long, and a long or (macOS) an int with room behind it.
function timeval(ms: number): Uint8Array {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setBigInt64(0, BigInt(Math.floor(ms / 1000)), true);
  view.setBigInt64(8, BigInt((ms % 1000) * 1000), true);
  return bytes;
}

function milliseconds(what: string, seconds: unknown): number {
  const checked = checkSeconds(what, seconds);
  return checked === null ? Infinity : checked * 1000;
}

/**
 * Makes a list of descriptors to wait for.
 *
 * Elsewhere: Python `select.poll()`.
 */
export function poll(): Poll {
  return new Poll();
}

/** A list of descriptors to wait for, each with the events that count. poll(2) */
export class Poll {
  readonly #events = new Map<number, number>();

  /**
   * Adds a descriptor, or says anew which events count.
   *
   * @param fd A socket or a descriptor
   * @param eventmask POLLIN, POLLOUT, POLLPRI, joined by |
   * @throws {OSError} EBADF: it is a socket that is closed
   */
  register(fd: Selectable, eventmask: number = POLLIN | POLLPRI | POLLOUT): void {
    const number = checkDescriptor("register", fd);
    this.#events.set(number, checkMask("register", eventmask));
  }

  /**
   * Says anew which events count.
   *
   * @param fd A socket or a descriptor that is in the list
   * @param eventmask As for {@link register}
   * @throws {FileNotFoundError} ENOENT: it is not in the list
   */
  modify(fd: Selectable, eventmask: number): void {
    const number = checkDescriptor("modify", fd);
    if (!this.#events.has(number)) throw new FileNotFoundError(unknown("modify", number), enoent);
    this.#events.set(number, checkMask("modify", eventmask));
  }

  /**
   * Takes a descriptor out of the list.
   *
   * @param fd A socket or a descriptor that is in the list
   * @throws {RangeError} When it is not in the list
   */
  unregister(fd: Selectable): void {
    const number = checkDescriptor("unregister", fd);
    if (!this.#events.delete(number)) throw new RangeError(unknown("unregister", number));
  }

  /**
   * Waits until some of them are ready.
   *
   * @param ms How long at most, in milliseconds; null and a negative number wait without end
   * @returns Descriptors with the events that have come; none when the time was over
   */
  poll(ms: number | null = null): [fd: number, events: number][] {
    if (ms !== null && (typeof ms !== "number" || Number.isNaN(ms))) {
      throw new TypeError(`poll() takes a number of milliseconds or null, got ${show(ms)}`);
    }
    const list = new Uint8Array(8 * this.#events.size);
    const [fds, events] = [new Int32Array(list.buffer), new Int16Array(list.buffer)];
    let i = 0;
    for (const [fd, mask] of this.#events) {
      fds[2 * i] = fd;
      events[4 * i + 2] = mask;
      i++;
    }
    const limitMs = ms === null || ms < 0 ? Infinity : ms;
    if (waitIn("poll", limitMs, (left) => libc.poll(list, this.#events.size, left)) === 0) {
      return [];
    }
    return Array.from({ length: i }, (_, k): [number, number] => [
      fds[2 * k]!,
      events[4 * k + 3]! & 0xffff,
    ]).filter(([, come]) => come !== 0);
  }
}

function checkMask(call: string, mask: unknown): number {
  return checkInteger(`${call}() takes events`, mask, 0, 0xffff);
}

function unknown(call: string, fd: number): string {
  return `${call}() takes a registered descriptor, and ${fd} is none`;
}

const enoent = { errno: numberOf.ENOENT!, code: "ENOENT", syscall: "modify" };

/**
 * Makes a set of descriptors that the kernel keeps, Linux only.
 *
 * Elsewhere: C `epoll_create1(2)`; Python `select.epoll()`; below Node (libuv) and Deno (Tokio).
 *
 * @throws {OSError} EMFILE
 */
export function epoll(): Epoll {
  if (!libc.epoll_create1) throw new Error("epoll() is a call of Linux, which this system is not");
  return new Epoll(must("epoll_create1", () => libc.epoll_create1!(EPOLL_CLOEXEC)));
}

const EPOLL_CLOEXEC = 0o2000000;
const EPOLL_CTL_ADD = 1;
const EPOLL_CTL_DEL = 2;
const EPOLL_CTL_MOD = 3;

const epollEvent = new Int32Array(epollWords);

/** A set of descriptors that the kernel keeps, each with the events that count. epoll(7) */
export class Epoll implements Disposable {
  #fd: number;
  #room = new Int32Array(epollWords * 64);

  /**
   * Takes over a descriptor; programs call {@link epoll}.
   *
   * @hidden
   * @param fd What epoll_create1(2) has returned
   */
  constructor(fd: number) {
    this.#fd = checkDescriptor("Epoll", fd);
  }

  /** The number of the set's own descriptor; -1 when it is closed. */
  fileno(): number {
    return this.#fd;
  }

  /**
   * Adds a descriptor. It leaves the set by itself when it is closed and no copy of it is left.
   *
   * @param fd A socket or a descriptor
   * @param eventmask EPOLLIN, EPOLLOUT, EPOLLET ..., joined by |
   * @throws {FileExistsError} EEXIST: it is in the set
   * @throws {PermissionError} EPERM: it is a file, which is always ready
   */
  register(fd: Selectable, eventmask: number = EPOLLIN | EPOLLPRI | EPOLLOUT): void {
    this.#control("register", EPOLL_CTL_ADD, fd, eventmask);
  }

  /**
   * Says anew which events count.
   *
   * @param fd A socket or a descriptor that is in the set
   * @param eventmask As for {@link register}
   * @throws {FileNotFoundError} ENOENT: it is not in the set
   */
  modify(fd: Selectable, eventmask: number): void {
    this.#control("modify", EPOLL_CTL_MOD, fd, eventmask);
  }

  /**
   * Takes a descriptor out of the set.
   *
   * @param fd A socket or a descriptor that is in the set
   * @throws {FileNotFoundError} ENOENT: it is not in the set
   */
  unregister(fd: Selectable): void {
    this.#control("unregister", EPOLL_CTL_DEL, fd, 0);
  }

  #control(call: string, operation: number, it: Selectable, mask: number): void {
    this.#open(call);
    const fd = checkDescriptor(call, it);
    // EPOLLIN | EPOLLET is a negative number: | makes one of 32 bits with a sign.
    epollEvent[0] = checkInteger(`${call}() takes events`, mask, -0x8000_0000, 0xffff_ffff);
    epollEvent[epollWords === 3 ? 1 : 2] = fd;
    const epoll = this.#open(call); // it.fileno() may have closed it
    must("epoll_ctl", () => libc.epoll_ctl!(epoll, operation, fd, epollEvent));
  }

  /**
   * Waits until some of them are ready.
   *
   * @param seconds How long at most; null and a negative number wait without end
   * @param maxevents How many to tell of at most; 1023 for -1
   * @returns Descriptors with the events that have come; none when the time was over
   */
  poll(seconds: number | null = null, maxevents: number = -1): [fd: number, events: number][] {
    const epoll = this.#open("poll");
    const endless = typeof seconds === "number" && seconds < 0;
    const limitMs = milliseconds("poll() takes", endless ? null : seconds);
    const most = maxevents === -1
      ? FD_SETSIZE - 1
      : checkInteger("poll() takes a number of events", maxevents, 1, 1 << 20);
    // Twice that: for a set that grows by one client at a time it is seldom made anew.
    if (this.#room.length < most * epollWords) this.#room = new Int32Array(2 * most * epollWords);
    const room = this.#room;
    const count = waitIn("epoll_wait", limitMs, (ms) => libc.epoll_wait!(epoll, room, most, ms));
    const found: [number, number][] = [];
    for (let i = 0; i < count; i++) {
      const at = i * epollWords;
      found.push([room[at + (epollWords === 3 ? 1 : 2)]!, room[at]! >>> 0]);
    }
    return found;
  }

  /**
   * Gives the set back to the system; the sockets in it stay as they are. What is asked of it then
   * fails with EBADF.
   */
  close(): void {
    if (this.#fd >= 0) libc.close(this.#fd);
    this.#fd = -1;
  }

  /** Whether it is closed. */
  get closed(): boolean {
    return this.#fd < 0;
  }

  /** {@link close}, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.close();
  }

  #open(call: string): number {
    if (this.#fd < 0) throw closed(call, "set");
    return this.#fd;
  }
}
