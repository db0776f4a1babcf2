import { describe, test } from "vitest";
import {
  type Backoff,
  backoffMs,
  GaveUp,
  retry,
  type RetryOptions,
} from "#exercises/11-opening/2-retry.ts";
import { Calls } from "#support/calls.ts";
import { countListeners } from "#support/listeners.ts";
import { TestClock } from "#support/test-clock.ts";

const name = "retry()";
const closed = new Error("Nobody listens there");
const busy = new Error("The server is busy");
const unknown = new Error("There is no such name");

/** What an attempt comes to, and after how long: an error or a value, or neither of them. */
interface Part {
  afterMs?: number;
  fails?: unknown;
  gives?: unknown;
  /** fails with this when its signal aborts */
  heeds?: Error;
}

/** A clock, attempts that play their parts on it, and what was seen of them. */
class Stage {
  readonly calls = new Calls();
  readonly clock = new TestClock(this.calls);
  readonly signals: AbortSignal[] = [];
  readonly #begun: number[] = [];
  #endedAt: number | undefined;

  /** Begins a call, whose outcome is looked at later. The last part is played again and again. */
  begin(parts: Part[], options: Partial<RetryOptions> = {}): () => Promise<unknown> {
    const all = {
      baseMs: 100,
      capMs: 10_000,
      deadlineMs: 60_000,
      random: () => 0.5,
      clock: this.clock,
      ...options,
    };
    const attempt = (signal: AbortSignal) => {
      this.#begun.push(this.clock.now());
      this.signals.push(signal);
      return this.#play(parts[Math.min(this.#begun.length, parts.length) - 1]!, signal);
    };
    const promise = (async () => await retry(attempt, all))();
    const note = () => void (this.#endedAt = this.clock.now());
    promise.then(note, note);
    return () => promise;
  }

  async #play(part: Part, signal: AbortSignal): Promise<unknown> {
    const { afterMs = 0, heeds } = part;
    if (afterMs > 0) await this.clock.takes(afterMs);
    if ("fails" in part) throw part.fails;
    if ("gives" in part) return part.gives;
    return await new Promise((_resolve, reject) => {
      if (heeds) signal.addEventListener("abort", () => reject(heeds));
    });
  }

  /** The times at which attempts were begun must be these. */
  async began(wanted: string, why: string): Promise<void> {
    const times = () => this.#begun.join(", ");
    await this.calls.gives("the list of times at which attempts began", times, wanted, why);
  }

  /** The call must have ended at this time. */
  async ended(wanted: number, why: string): Promise<void> {
    await this.calls.gives("the time at which it ended", () => this.#endedAt, wanted, why);
  }

  /** The call must give up. */
  async givesUp(
    call: () => Promise<unknown>,
    wanted: { attempts: number; cause?: unknown },
    why: string,
  ): Promise<void> {
    const outcome = async () => {
      try {
        return await call();
      } catch (error) {
        if (!(error instanceof GaveUp)) throw error;
        return { attempts: error.attempts, cause: String(error.cause) };
      }
    };
    const cause = "cause" in wanted ? { cause: String(wanted.cause) } : {};
    await this.calls.gives(name, outcome, { ...wanted, ...cause }, why);
  }

  /** The call must fail with this, as it is. */
  async failsWith(call: () => Promise<unknown>, wanted: unknown, why: string): Promise<void> {
    const outcome = async () => {
      try {
        return await call();
      } catch (error) {
        if (error === wanted) return "failed as it had to";
        throw error;
      }
    };
    await this.calls.gives(name, outcome, "failed as it had to", why);
  }

  /** Nothing of the call may be left. */
  async leftNothing(listeners: () => number): Promise<void> {
    const over = "the call is over";
    await this.calls.gives("the count of those who wait by its clock", this.clock.waiting, 0, over);
    await this.calls.gives("the count of listeners on the signal", listeners, 0, over);
  }
}

const backoff = (random: number): Backoff => ({ baseMs: 100, capMs: 10_000, random: () => random });

/** How one comes to another time than the wanted one; empty when nobody knows. */
function slip(got: number, limit: number, random: number): string {
  if (got < 0) return "no time is below 0: ";
  if (got === 2 * random * limit) return "that is due after one failure more: ";
  if (got === limit * (1 + random) / 2) return "chance decides on one half of the limit alone: ";
  if (got === limit && random < 1) return "that is the limit itself: ";
  return got > limit ? "that is above the limit: " : "";
}

/** What a call gives; NaN when it throws, which gives() tells. */
function attempted(call: () => number): number {
  try {
    return call();
  } catch {
    return NaN;
  }
}

describe("1 of 4, how long to wait", () => {
  test("backoffMs() lets the chance that it is given decide", async () => {
    const calls = new Calls();
    const call = () => {
      const isSame = backoffMs(1, backoff(0.5)) === backoffMs(1, backoff(0.5));
      return isSame ? "the same time twice" : "two different times";
    };
    const why = "random() gave the same both times";
    await calls.gives("backoffMs()", call, "the same time twice", why);
  });

  test.for<[failures: number, random: number, limit: number, why: string]>([
    [1, 0.25, 100, "the limit is baseMs, 100"],
    [1, 0, 100, "chance may say that there is nothing to wait for"],
    [2, 0.25, 200, "the limit has doubled to 200"],
    [3, 0.25, 400, "the limit has doubled to 400"],
    [7, 0.75, 6400, "the limit is 6400"],
    [40, 0.25, 10_000, "the limit is capMs, 10000, however many have failed"],
    [8, 0.25, 10_000, "the limit would be 12800, and capMs is 10000"],
    [32, 0.25, 10_000, "the limit is capMs, 10000, however many have failed"],
    [5000, 0.25, 10_000, "the limit is capMs, 10000, however many have failed"],
  ])("backoffMs() takes a part of the limit: %i failures, chance %d, limit %d", async (row) => {
    const [failures, random, limit, due] = row;
    const calls = new Calls();
    const what = `backoffMs() after ${failures} failures, with random() ${random},`;
    const call = () => backoffMs(failures, backoff(random));
    await calls.gives(what, call, random * limit, slip(attempted(call), limit, random) + due);
  });

  test("backoffMs() takes any time from 0 to the limit", async () => {
    const calls = new Calls();
    const all = Array.from({ length: 200 }, () => backoffMs(1, { baseMs: 100, capMs: 100 }));
    const seen = () => ({
      "a time below 50": all.some((ms) => ms < 50),
      "a time above 50": all.some((ms) => ms > 50),
      "a time outside of 0 to 100": all.some((ms) => !(ms >= 0 && ms <= 100)),
    });
    const wanted = {
      "a time below 50": true,
      "a time above 50": true,
      "a time outside of 0 to 100": false,
    };
    const why = "200 times, the limit is 100, and no random() was given";
    await calls.gives("backoffMs()", seen, wanted, why);
  });
});

describe("2 of 4, it tries again", () => {
  test("retry() gives what the first attempt gives", async () => {
    const it = new Stage();
    const call = it.begin([{ gives: "a socket" }]);
    await it.clock.pass(0);
    await it.calls.goesOnToGive(
      "the count of attempts",
      () => it.signals.length,
      1,
      "the first is made at once",
    );
    await it.calls.gives(name, call, "a socket", "the first attempt succeeded");
  });

  test.for([[undefined], [null], [false], [0], [""]])(
    "retry() takes %j for a success",
    async ([value]) => {
      const it = new Stage();
      const call = it.begin([{ gives: value }]);
      await it.clock.pass(1000);
      await it.began("0", "an attempt that does not fail has succeeded, whatever it gave");
      await it.calls.gives(name, call, value, "that is what the attempt gave");
    },
  );

  test("retry() waits after each failure, by its clock", async () => {
    const it = new Stage();
    const call = it.begin([{ fails: closed }, { fails: busy }, { fails: closed }, { gives: 7 }]);
    await it.calls.goesOn(name, call, "the first attempt failed, and there is time left");
    it.clock.checkUsed(name);
    await it.clock.pass(10_000);
    await it.began("0, 50, 150, 350", "three failed at once; random() gives 0.5");
    await it.calls.gives(name, call, 7, "the fourth attempt succeeded");
  });

  test("retry() waits from the failure on", async () => {
    const it = new Stage();
    const call = it.begin([
      { afterMs: 30, fails: closed },
      { afterMs: 30, fails: closed },
      { afterMs: 30, gives: 7 },
    ]);
    await it.clock.pass(10_000);
    await it.began("0, 80, 210", "each took 30 ms to fail; random() gives 0.5");
    await it.calls.gives(name, call, 7, "the third attempt succeeded");
    await it.ended(240, "the third attempt took 30 ms");
  });

  test("retry() waits no longer than capMs", async () => {
    const it = new Stage();
    const five = Array.from({ length: 5 }, () => ({ fails: closed }));
    const call = it.begin([...five, { gives: 7 }], { capMs: 200 });
    await it.clock.pass(10_000);
    await it.began("0, 50, 150, 250, 350, 450", "capMs is 200, and random() gives 0.5");
    await it.calls.gives(name, call, 7, "the sixth attempt succeeded");
  });

  test("retry() tries again when the attempt throws at once, or fails with nothing", async () => {
    const it = new Stage();
    let made = 0;
    const attempt = () => {
      made++;
      if (made === 1) throw closed;
      return made === 2 ? Promise.reject() : Promise.resolve("a socket");
    };
    const options = { ...backoff(0.5), deadlineMs: 60_000, clock: it.clock };
    const promise = (async () => await retry(attempt, options))();
    promise.catch(() => {});
    await it.clock.pass(10_000);
    await it.calls.gives(name, () => promise, "a socket", "the third attempt succeeded");
  });

  test("retry() fails at once when no attempt is worth it", async () => {
    const it = new Stage();
    const isWorthIt = (error: unknown) => error !== unknown;
    const call = it.begin([{ fails: closed }, { fails: unknown }], { isWorthIt });
    await it.clock.pass(10_000);
    await it.began("0, 50", "after the second attempt isWorthIt() said no");
    await it.failsWith(call, unknown, "isWorthIt() said no to the second error");
    await it.ended(50, "isWorthIt() said no to the second error");
  });
});

describe("3 of 4, the deadline", () => {
  test("retry() gives up instead of waiting for an attempt that comes too late", async () => {
    const it = new Stage();
    const parts = [
      { afterMs: 30, fails: closed },
      { afterMs: 30, fails: closed },
      { afterMs: 30, fails: busy },
    ];
    const call = it.begin(parts, { deadlineMs: 300 });
    await it.clock.pass(10_000);
    await it.began("0, 80, 210", "a fourth would come at 440, and deadlineMs is 300");
    const why = "three attempts have failed, and the next wait would end behind the deadline";
    await it.givesUp(call, { attempts: 3, cause: busy }, why);
    await it.ended(240, "the third attempt failed then, and the next wait would end at 440");
  });

  test("retry() does not wait up to the deadline", async () => {
    const it = new Stage();
    const call = it.begin([{ afterMs: 30, fails: closed }], { deadlineMs: 80 });
    await it.clock.pass(10_000);
    await it.began("0", "the wait would end at 80, and deadlineMs is 80");
    await it.givesUp(call, { attempts: 1, cause: closed }, "one attempt was begun");
    await it.ended(30, "the wait would end at 80, and deadlineMs is 80");
  });

  test("retry() begins an attempt as long as there is time", async () => {
    const it = new Stage();
    const parts = [{ afterMs: 30, fails: closed }, { afterMs: 30, gives: 7 }];
    const call = it.begin(parts, { deadlineMs: 81 });
    await it.clock.pass(10_000);
    await it.began("0, 80", "the wait ends at 80, and deadlineMs is 81");
    const why = "two attempts were begun, and the second was not done at 81";
    await it.givesUp(call, { attempts: 2, cause: closed }, why);
    await it.ended(81, "deadlineMs is 81, whatever it was doing");
  });

  test.for<[string, Part]>([
    ["goes on", {}],
    ["heeds its signal", { heeds: new Error("The attempt was called off") }],
  ])("retry() gives up at the deadline when an attempt %s", async ([_how, part]) => {
    const it = new Stage();
    const call = it.begin([{ afterMs: 30, fails: closed }, part], { deadlineMs: 1000 });
    await it.clock.pass(999);
    await it.calls.goesOn(name, call, "deadlineMs is 1000, and 1 ms is left");
    await it.clock.pass(1);
    await it.givesUp(call, { attempts: 2 }, "1000 ms are over, and the second attempt is not");
    await it.began("0, 80", "the second attempt is not over");
    const aborted = () => it.signals[1]?.aborted;
    await it.calls.gives("aborted of the attempt's signal", aborted, true, "retry() gave up");
  });

  test("retry() hears no more of an attempt when it has given up", async () => {
    const it = new Stage();
    const part = { afterMs: 300, fails: busy };
    const call = it.begin([{ afterMs: 30, fails: closed }, part], { deadlineMs: 200 });
    await it.clock.pass(200);
    await it.givesUp(call, { attempts: 2, cause: closed }, "200 ms are over");
    await it.clock.pass(10_000);
    await it.began("0, 80", "the second attempt failed when all was over");
  });
});

describe("4 of 4, called off, and nothing left", () => {
  const noLonger = new Error("Ada wants it no longer");

  test("retry() fails at once when its signal aborts during a wait", async () => {
    const it = new Stage();
    const controller = new AbortController();
    const { signal } = controller;
    const left = countListeners(signal);
    const call = it.begin([{ fails: closed }], { signal });
    await it.clock.pass(60);
    it.calls.story.tell("its signal aborted");
    controller.abort(noLonger);
    await it.clock.pass(0);
    await it.failsWith(call, noLonger, "its signal aborted");
    await it.clock.pass(60_000);
    await it.began("0, 50", "its signal aborted at 60");
    await it.leftNothing(left);
  });

  test.for<[string, Part]>([
    ["goes on", {}],
    ["heeds its signal", { heeds: new Error("The attempt was called off") }],
  ])("retry() fails at once when its signal aborts and an attempt %s", async ([_how, part]) => {
    const it = new Stage();
    const controller = new AbortController();
    const { signal } = controller;
    const left = countListeners(signal);
    const call = it.begin([part], { signal });
    await it.clock.pass(60);
    it.calls.story.tell("its signal aborted");
    controller.abort("no longer needed");
    await it.failsWith(call, "no longer needed", "its signal aborted");
    const aborted = () => it.signals[0]?.aborted;
    await it.calls.gives("aborted of the attempt's signal", aborted, true, "it was called off");
    await it.clock.pass(60_000);
    await it.began("0", "its signal aborted");
    await it.leftNothing(left);
  });

  test("retry() makes no attempt when its signal has aborted before", async () => {
    const it = new Stage();
    const signal = AbortSignal.abort(noLonger);
    const call = it.begin([{ gives: 7 }], { signal });
    await it.failsWith(call, noLonger, "its signal had aborted before");
    await it.began("", "its signal had aborted before");
  });

  test("retry() leaves nothing when an attempt has succeeded", async () => {
    const it = new Stage();
    const controller = new AbortController();
    const { signal } = controller;
    const left = countListeners(signal);
    const call = it.begin([{ fails: closed }, { fails: closed }, { gives: 7 }], { signal });
    await it.clock.pass(1000);
    await it.calls.gives(name, call, 7);
    await it.leftNothing(left);
    const aborted = () => it.signals[2]?.aborted;
    const alive = "the attempt has succeeded, and what it gave may hang on its signal";
    await it.calls.gives("aborted of the attempt's signal", aborted, false, alive);
    it.calls.story.tell("the signal of the call aborted");
    controller.abort(noLonger);
    await it.clock.pass(100_000);
    const why = "the call was over when its own signal aborted";
    await it.calls.gives("aborted of the attempt's signal", aborted, false, why);
  });

  test.for<[string, Partial<RetryOptions>]>([
    ["given up", { deadlineMs: 10 }],
    ["found no sense in another attempt", { isWorthIt: () => false }],
  ])("retry() leaves nothing when it has %s", async ([_how, options]) => {
    const it = new Stage();
    const { signal } = new AbortController();
    const left = countListeners(signal);
    const call = it.begin([{ fails: closed }], { ...options, signal });
    await it.clock.pass(0);
    const failed = async () => await call().then(() => "succeeded", () => "failed");
    await it.calls.gives(name, failed, "failed");
    await it.leftNothing(left);
  });

  test("retry() keeps two calls at once apart", async () => {
    const it = new Stage();
    const other = new Stage();
    const ada = it.begin([{ fails: closed }, { fails: closed }, { gives: "Ada's" }]);
    const bob = other.begin([{ fails: closed }, { fails: closed }, { gives: "Bob's" }]);
    await it.clock.pass(1000);
    await other.clock.pass(1000);
    await it.began("0, 50, 150", "they are Ada's");
    await other.began("0, 50, 150", "they are Bob's");
    await it.calls.gives("Ada's retry()", ada, "Ada's");
    await other.calls.gives("Bob's retry()", bob, "Bob's");
  });

  test("retry() needs neither a clock nor chance to be given", async () => {
    const calls = new Calls();
    let made = 0;
    const attempt = () => ++made < 4 ? Promise.reject(closed) : Promise.resolve("a socket");
    const call = () => retry(attempt, { baseMs: 1, capMs: 2, deadlineMs: 60_000 });
    await calls.gives(name, call, "a socket", "the fourth attempt succeeded");
  });
});
