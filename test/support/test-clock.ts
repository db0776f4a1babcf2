/**
 * A clock that an answer is given, and that stands still until a test lets time pass.
 *
 * @module
 */
import timers from "node:timers/promises";
import type { Calls } from "./calls.ts";
import { Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** More timers than anybody needs in one test. */
const mostTimers = 10_000;

interface Timer {
  at: number;
  callback: () => void;
}

/** Time that costs none: its functions may be taken off it, as those of the global scope. */
export class TestClock {
  readonly #calls: Calls;
  readonly #timers = new Set<Timer>();
  #nowMs = 0;
  #set = 0;

  /** @param calls Whose story is told what time it is */
  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** Milliseconds since it was made. */
  readonly now = (): number => this.#nowMs;

  /** Calls back once, after so many milliseconds. */
  readonly setTimeout = (callback: () => void, ms: number): unknown => {
    this.#set++;
    const timer = { at: this.#nowMs + Math.max(0, Number(ms) || 0), callback };
    this.#timers.add(timer);
    return timer;
  };

  /** Forgets a timer. */
  readonly clearTimeout = (timer: unknown): void => {
    this.#timers.delete(timer as Timer);
  };

  /** Waits so long, or until the signal aborts, as setTimeout() of node:timers/promises does. */
  readonly sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const calledOff = () => {
      this.clearTimeout(timer);
      const error = new Error("The operation was aborted", { cause: signal!.reason });
      reject(Object.assign(error, { name: "AbortError", code: "ABORT_ERR" }));
    };
    const timer = this.setTimeout(() => {
      signal?.removeEventListener("abort", calledOff);
      resolve();
    }, ms);
    if (signal?.aborted) calledOff();
    else signal?.addEventListener("abort", calledOff, { once: true });
    return promise;
  };

  /** What takes so long by it, in the part of a test. */
  takes(ms: number): Promise<void> {
    return this.sleep(ms);
  }

  /** How many wait for a time on it. */
  readonly waiting = (): number => this.#timers.size;

  /**
   * Lets time pass: each timer is called when its time has come, and what follows from it is done
   * before the next one.
   *
   * @throws {Verdict} When there is no end of timers
   */
  async pass(ms: number): Promise<void> {
    const end = this.#nowMs + ms;
    await turn();
    for (let count = 0;; count++) {
      const next = [...this.#timers].sort((a, b) => a.at - b.at)[0];
      if (!next || next.at > end) break;
      if (count === mostTimers) {
        const sentence = `It set ${mostTimers} timers within ${ms / 1000} s of its clock`;
        throw new Verdict("spins", sentence, { story: this.#calls.story });
      }
      this.#timers.delete(next);
      this.#nowMs = next.at;
      next.callback();
      await turn();
    }
    this.#nowMs = end;
    this.#calls.story.tell(`${ms} ms went by on its clock, and it shows ${end} ms`);
  }

  /**
   * Looks whether anybody has ever set a timer on it.
   *
   * @param name Whose clock it is, `connect()`
   * @throws {Verdict} When nobody has
   */
  checkUsed(name: string): void {
    if (this.#set > 0) return;
    const sentence = `${name} waits, and has set no timer on the clock that it was given`;
    throw new Verdict("never-settled", sentence, { story: this.#calls.story });
  }
}

/** Lets happen what follows from what has happened: promises, and news of the kernel. */
async function turn(): Promise<void> {
  // On Deno 2.9 a row of setImmediate() lets no news of a socket through.
  for (let k = 0; k < 2; k++) await setTimeout(1);
}
