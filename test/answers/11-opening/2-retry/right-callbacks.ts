/**
 * Right: one promise, and a function that makes the next attempt.
 *
 * Refused by a test that wants the attempts to be made in a loop.
 *
 * @module
 */
import timers from "node:timers/promises";

export interface Backoff {
  baseMs: number;
  capMs: number;
  random?: () => number;
}

export interface Clock {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface RetryOptions extends Backoff {
  deadlineMs: number;
  isWorthIt?: (error: unknown) => boolean;
  signal?: AbortSignal;
  clock?: Clock;
}

export class GaveUp extends Error {
  override name = "GaveUp";
  readonly attempts: number;

  constructor(message: string, { attempts, cause }: { attempts: number; cause: unknown }) {
    super(message, { cause });
    this.attempts = attempts;
  }
}

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => timers.setTimeout(ms, undefined, signal ? { signal } : {}),
};

export function backoffMs(failures: number, backoff: Backoff): number {
  const { baseMs, capMs, random = Math.random } = backoff;
  return random() * Math.min(capMs, baseMs * Math.pow(2, failures - 1));
}

export function retry<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { clock = realClock, signal: outer } = options;
  const end = clock.now() + options.deadlineMs;
  return new Promise<T>((resolve, reject) => {
    if (outer?.aborted) return reject(outer.reason);
    const sleepers = new AbortController();
    let inner = new AbortController();
    let count = 0;
    let last: unknown;
    let done = false;

    const finish = (settle: () => void) => {
      if (done) return;
      done = true;
      sleepers.abort();
      outer?.removeEventListener("abort", callOff);
      settle();
    };
    const fail = (reason: unknown) =>
      finish(() => {
        reject(reason);
        inner.abort(reason);
      });
    const giveUp = () => fail(new GaveUp("No time left", { attempts: count, cause: last }));
    const callOff = () => fail(outer!.reason);
    const later = (ms: number, call: () => void) => {
      clock.sleep(ms, sleepers.signal).then(call, () => {});
    };

    const next = () => {
      if (done) return;
      count++;
      inner = new AbortController();
      Promise.try(attempt, inner.signal).then(
        (value) => finish(() => resolve(value)),
        (error) => {
          if (done) return;
          if (options.isWorthIt?.(error) === false) return fail(error);
          last = error;
          const ms = backoffMs(count, options);
          if (end - clock.now() > ms) later(ms, next);
          else giveUp();
        },
      );
    };

    outer?.addEventListener("abort", callOff);
    later(options.deadlineMs, giveUp);
    next();
  });
}
