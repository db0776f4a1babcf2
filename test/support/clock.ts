/**
 * The learner's clock in the hands of a test.
 *
 * @module
 */
import { vi } from "vitest";
import type { Story } from "./story.ts";

/** A clock that goes on by itself and can be put forward. */
export interface Clock extends Disposable {
  /** Lets time pass at once for whoever set a timer with the global functions. */
  pass(ms: number): void;
}

/** Puts a clock in the place of the global timers until the end of the scope. */
export function takeClock(story: Story): Clock {
  const toFake = ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] as const;
  vi.useFakeTimers({ toFake: [...toFake], shouldAdvanceTime: true });
  return {
    pass(ms) {
      story.tell(`${ms / 1000} s went by on its clock`);
      vi.advanceTimersByTime(ms);
    },
    [Symbol.dispose]: () => vi.useRealTimers(),
  };
}
