/**
 * Right: makes one signal of the caller's and the deadline, and asks it everywhere.
 *
 * Refused by a test that wants promises to be raced, or the attempt to have one signal for all attempts.
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
  return random() * Math.min(capMs, baseMs * 2 ** (failures - 1));
}

export async function retry<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { deadlineMs, isWorthIt, signal, clock = realClock } = options;
  if (signal?.aborted) throw signal.reason;
  const deadlineAt = clock.now() + deadlineMs;
  const timer = new AbortController();
  let current = new AbortController();
  let why: { reason: unknown } | undefined;
  let wake = () => {};
  let failures = 0;
  let last: unknown;
  const tooLate = (attempts: number) =>
    new GaveUp(`${attempts} attempts in ${deadlineMs} ms`, { attempts, cause: last });

  const stop = (reason: () => unknown) => {
    why ??= { reason: reason() };
    current.abort(why.reason);
    wake();
  };
  const onAbort = () => stop(() => signal!.reason);
  signal?.addEventListener("abort", onAbort, { once: true });
  void clock.sleep(deadlineMs, timer.signal)
    .then(() => stop(() => tooLate(failures + 1))).catch(() => {});

  /** Settles with the promise, or is woken by the end of it all. */
  async function unlessStopped<R>(promise: Promise<R>): Promise<R> {
    promise.catch(() => {});
    const woken = new Promise<void>((resolve) => wake = resolve);
    if (!why) await Promise.race([promise.then(() => {}, () => {}), woken]);
    if (why) throw why.reason;
    return await promise;
  }

  try {
    for (;;) {
      current = new AbortController();
      try {
        return await unlessStopped((async () => await attempt(current.signal))());
      } catch (error) {
        if (why || (isWorthIt && !isWorthIt(error))) throw error;
        last = error;
        failures++;
      }
      const waitMs = backoffMs(failures, options);
      if (clock.now() + waitMs >= deadlineAt) throw tooLate(failures);
      await unlessStopped(clock.sleep(waitMs, timer.signal));
    }
  } finally {
    timer.abort();
    signal?.removeEventListener("abort", onAbort);
  }
}
