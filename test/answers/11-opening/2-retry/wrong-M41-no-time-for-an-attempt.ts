/**
 * Wrong, M41: looks at the deadline between attempts alone: one that never ends has all the time of the world.
 *
 * Says: "the second was not done at 81"
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
  const { deadlineMs, isWorthIt = () => true, signal, clock = realClock } = options;
  signal?.throwIfAborted();

  const begun = clock.now();
  let attempts = 0;
  let cause: unknown;
  const gaveUp = () => new GaveUp(`Gave up after ${attempts} attempts`, { attempts, cause });

  const stopped = new AbortController();
  const over = new AbortController();
  const { promise: stop, reject } = Promise.withResolvers<never>();
  stop.catch(() => {});
  const end = (reason: unknown) => {
    reject(reason);
    stopped.abort(reason);
  };
  const callOff = () => end(signal!.reason);
  signal?.addEventListener("abort", callOff);

  try {
    for (;;) {
      attempts++;
      try {
        return await Promise.race([attempt(stopped.signal), stop]);
      } catch (error) {
        if (stopped.signal.aborted || !isWorthIt(error)) throw error;
        cause = error;
      }
      const ms = backoffMs(attempts, options);
      if (clock.now() + ms >= begun + deadlineMs) throw gaveUp();
      await Promise.race([clock.sleep(ms, over.signal), stop]);
    }
  } finally {
    over.abort();
    signal?.removeEventListener("abort", callOff);
  }
}
