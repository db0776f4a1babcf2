/**
 * Trying again: when, how often, and when no more.
 *
 * @module
 */
import timers from "node:timers/promises";

/** How long to wait, and where chance comes from. */
export interface Backoff {
  /** the longest that the first wait may be; it doubles with each failure */
  baseMs: number;
  /** the longest that any wait may be */
  capMs: number;
  /** a number from 0 to below 1, another one at each call; that of `Math` unless told */
  random?: () => number;
}

/** What time is read from, and waited by: a test has one of its own, on which no time is lost. */
export interface Clock {
  /** Milliseconds since some moment; it never goes backwards. */
  now(): number;
  /**
   * Waits.
   *
   * @param ms For so many milliseconds
   * @param signal When it aborts, the waiting fails at once, with an error of its own
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What {@link retry} is told. */
export interface RetryOptions extends Backoff {
  /** how long all of it may take, from the call on: attempts and waits */
  deadlineMs: number;
  /**
   * Says whether there is any sense in another attempt; always unless told.
   *
   * @param error What the last one has failed with
   */
  isWorthIt?: (error: unknown) => boolean;
  /** calls it off */
  signal?: AbortSignal;
  /** the real one unless told; there is no other time than this one's */
  clock?: Clock;
}

/**
 * The time for trying is over. Its `cause` is the error of the last attempt that has failed, undefined
 * when none has.
 */
export class GaveUp extends Error {
  /** "GaveUp" */
  override name = "GaveUp";
  /** how many attempts were begun */
  readonly attempts: number;

  /**
   * Says that it is over.
   *
   * @param message The same for people
   * @param details What is known for programs
   */
  constructor(message: string, details: { attempts: number; cause: unknown }) {
    super(message, { cause: details.cause });
    this.attempts = details.attempts;
  }
}

const realClock: Clock = {
  now: () => performance.now(),
  sleep: (ms, signal) => timers.setTimeout(ms, undefined, signal ? { signal } : {}),
};

/**
 * How long to wait after so many failures: exponential backoff with full jitter. Any time from 0 up to
 * a limit is as good as any other, so it is a number that chance has given times the limit. The limit
 * is `baseMs` after one failure, twice as much after two, and so on, and never more than `capMs`.
 *
 * @param failures How many attempts have failed so far, 1 or more; it may be thousands
 * @param backoff The limits, and a source of chance, which is asked once
 * @returns A time in ms; need not be whole
 */
export function backoffMs(failures: number, backoff: Backoff): number {
  // TODO: Find the limit, and a random time below it
  throw new Error("Not written yet");
}

/**
 * Makes an attempt, and another one when it has failed, until one succeeds.
 *
 * - The first attempt is made at once. After each failure, whether the attempt rejects or throws, it
 *   waits for {@link backoffMs}.
 * - It gives up when `deadlineMs` are over since the call, whatever it was doing. It does not wait for
 *   an attempt that it could not make: when a wait would end at that time or later, it gives up at
 *   once instead.
 * - Each attempt gets a signal, which aborts when `retry()` gives up or is called off during the
 *   attempt. The signal of an attempt that has succeeded never aborts.
 * - When the caller's `signal` aborts, it fails at once with the signal's reason, as it is, whatever it
 *   was doing; so it does when the signal has aborted before, and then makes no attempt.
 * - Once it is over, however it ended, it has left nothing: nobody waits by its clock, and no listener
 *   is on the caller's signal.
 *
 * @param attempt What to try
 * @param options How long, how often, and with which pauses
 * @returns What the first attempt gave that succeeded
 * @throws {GaveUp} When the time is over
 * @throws What an attempt failed with that is not worth another one, at once and as it is; or the
 * signal's reason
 */
export async function retry<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  // TODO: Make attempts, wait between them, and clear away what is left
  throw new Error("Not written yet");
}
