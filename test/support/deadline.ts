/**
 * Every wait has a bound, and the bounds grow with the load of the machine.
 *
 * @module
 */
import { availableParallelism, loadavg } from "node:os";
import process from "node:process";

// A test may put a clock of its own in the place of the global one; the harness goes on by the real.
const { setTimeout, clearTimeout } = globalThis;

/** How long a peer waits for bytes, an end or a settled promise on an idle machine, in ms. */
export const answerMs = 1000;

/** From the start of a test's process to its set-up, on an idle machine, in ms. */
const idleBootMs = 400;

/** From the start of a bare echo server to its first line, on an idle machine, in ms. */
const idleStartMs = 120;

/** A program may be slow to start by its own nature: so much is taken for the machine's slowness. */
const mostByStart = 2;

let byBoot = 1;
let byStart = 1;

/** Whoever debugs an answer stands at a breakpoint for minutes. */
const patience = process.env.COURSE_DEBUG ? 3600 : 1;

/** Notes how long this process took to be set up: on a busy machine every wait is longer. */
export function noteBoot(ms: number): void {
  byBoot = ms / idleBootMs;
}

/** Notes how long a program took to start, which tells of the machine, too. */
export function noteStart(ms: number): void {
  byStart = Math.min(mostByStart, Math.max(byStart, ms / idleStartMs));
}

/** How busy the machine is: 1 when idle, 8 at most. */
export function loadFactor(): number {
  const waiting = loadavg()[0]! / availableParallelism();
  return Math.min(8, Math.max(1, waiting, byBoot, byStart));
}

/** A bound for an idle machine, in ms, as it is to be taken now. */
export function bound(ms: number): number {
  return Math.round(ms * loadFactor()) * patience;
}

/** `"2 s"`, `"0.5 s"`. */
export function seconds(ms: number): string {
  return `${Number((ms / 1000).toFixed(1))} s`;
}

/** A timer that comes later than this tells that the event loop stood still, in ms. */
const standstillMs = 25;

/** What {@link within} gives when the time has passed. */
export const late: unique symbol = Symbol("late");

/**
 * Waits for a promise, but not longer than the bound.
 *
 * @param ms The bound itself, see {@link bound}
 * @returns What the promise gave, or {@link late}
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | typeof late> {
  const { promise: rings, resolve } = Promise.withResolvers<typeof late>();
  let timer: ReturnType<typeof setTimeout>;
  const set = (ms: number) => {
    const due = performance.now() + ms;
    timer = setTimeout(() => {
      // While someone computed, nothing could come: that time does not count.
      const lost = performance.now() - due;
      if (lost > standstillMs) set(lost);
      else resolve(late);
    }, ms);
  };
  set(ms);
  try {
    return await Promise.race([promise, rings]);
  } finally {
    clearTimeout(timer!);
  }
}

/** Something that changes, and those who wait for it to be as they want. */
export class Changes {
  #next = Promise.withResolvers<void>();

  /** To be called after every change. */
  tell(): void {
    this.#next.resolve();
    this.#next = Promise.withResolvers();
  }

  /**
   * Waits until a condition holds.
   *
   * @param ms The bound itself, see {@link bound}
   * @returns Whether it came to hold in time
   */
  async until(holds: () => boolean, ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    while (!holds()) {
      const left = Math.max(0, end - performance.now());
      if (await within(left, this.#next.promise) === late) return holds();
    }
    return true;
  }
}
