/**
 * Calls that wait: with a time limit, across signals, and so that a worker can be ended meanwhile.
 *
 * @module
 */
import { isMainThread } from "node:worker_threads";
import { EINTR, failed } from "./fail.ts";
import * as libc from "./libc.ts";

/**
 * How long a worker waits at a stretch, in milliseconds.
 *
 * Nobody can end a thread within a call of the system: `process.exit()` and `terminate()` of Node wait
 * for ever for it. So a worker looks up so often, and is ended then. The main thread needs no such
 * thing, since a signal ends it, and it waits in one call.
 */
const workerMs = 50;

/** The longest time that poll(2) can be told, in milliseconds. */
const longestMs = 0x7fff_ffff;

/** Whether this thread may wait in a call without end. */
export const mayWait: boolean = isMainThread;

const stretchMs = mayWait ? longestMs : workerMs;

/**
 * Waits in a call that takes a number of milliseconds, as poll(2) does, or -1 for without end. A
 * signal does not end it (Python's PEP 475).
 *
 * @param syscall Its name, for the error
 * @param limitMs How long at most; Infinity for without end
 * @param wait Calls it
 * @returns What it has returned, 0 when the time was over
 * @throws {OSError} When it has failed
 */
export function waitIn(syscall: string, limitMs: number, wait: (ms: number) => number): number {
  const end = limitMs === 0 || limitMs === Infinity ? limitMs : performance.now() + limitMs;
  for (let leftMs = limitMs;; leftMs = end - performance.now()) {
    const last = leftMs <= stretchMs;
    const forever = mayWait && leftMs === Infinity;
    const found = wait(forever ? -1 : Math.max(0, Math.ceil(Math.min(leftMs, stretchMs))));
    if (found > 0) return found;
    if (found < 0) {
      const errno = libc.errno();
      if (errno !== EINTR) throw failed(errno, syscall);
      if (limitMs === 0) continue;
    } else if (last) {
      return 0;
    }
  }
}

/** poll(2): there is something to read, or a connection to accept, or the end. */
export const POLLIN = 1;
/** poll(2): there is room to send, or the connection stands. */
export const POLLOUT = 4;

const pollfd = new Uint8Array(8);
const fdOf = new Int32Array(pollfd.buffer);
const eventsOf = new Int16Array(pollfd.buffer);

/**
 * Waits until one descriptor is ready.
 *
 * @param syscall The call that it is to be ready for
 * @param events POLLIN or POLLOUT
 * @param limitMs How long at most; Infinity for without end
 * @returns False when the time was over
 */
export function waitFor(syscall: string, fd: number, events: number, limitMs: number): boolean {
  return waitIn(syscall, limitMs, (ms) => {
    fdOf[0] = fd;
    eventsOf[2] = events;
    return libc.poll(pollfd, 1, ms);
  }) > 0;
}

/** Waits for nothing but time, or a signal. */
export function pause(ms: number): void {
  libc.poll(null, 0, ms);
}
