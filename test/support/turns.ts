/**
 * An event loop that is under test: it is run in this thread, and whom it calls back is noted.
 *
 * @module
 */
import { notWritten } from "../../course/answers/stub.ts";
import { answerMs, bound, seconds } from "./deadline.ts";
import { Story } from "./story.ts";
import { awakeMs, hasProc, sleeps } from "./usage.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

/** What a loop can do that these tests need. */
export interface Loop {
  setTimer(ms: number, callback: () => void): () => void;
  run(): void;
  stop(): void;
}

/** How long a loop goes on when it has called all whom it had to, in ms: nobody else must come. */
const graceMs = 20;

/** How long a loop is looked at to see whether it sleeps, in ms. */
const idleMs = 200;

/** So often it is looked at again: after work a runtime has to tidy up. */
const idleLooks = 3;

/** Who is awake for more of the time than this does not sleep. */
const idleShare = 0.5;

/** So often a thread may go to sleep while nothing happens. */
const mostSleeps = 3;

/** How late a timer may be on an idle machine, in ms. */
const lateMs = 60;

/** How early a timer may seem to be, in ms: the clock of Date has whole ones. */
const earlyMs = 1.5;

/** Runs a loop, and holds whom it calls against whom it has to call. */
export class Turns {
  readonly story: Story = new Story();
  readonly #loop: Loop;
  #called: string[] = [];
  #end = Infinity;
  #verdict: Verdict | undefined;

  /** @param loop The loop under test */
  constructor(loop: Loop) {
    this.#loop = loop;
  }

  /**
   * A callback that notes that it was called.
   *
   * @param name What the verdict calls it
   * @param act What it does besides
   */
  turn(name: string, act: () => void = () => {}): () => void {
    return () => {
      // What is called without end would never come back to the test.
      if (performance.now() > this.#end) {
        throw this.#verdict ??= this.#refuse(
          "wrong-turn",
          `run() called ${name} again and again for ${
            seconds(bound(answerMs))
          }, and did not get on`,
        );
      }
      this.story.tell(`${name} was called`);
      this.#called.push(name);
      act();
    };
  }

  /**
   * Makes a call of the loop's that has to take what it is given.
   *
   * @param name What the verdict calls it
   * @throws {Verdict} When it throws
   */
  takes(name: string, call: () => void): void {
    this.#guarded(name, call);
  }

  /**
   * Runs the loop until it has called all of those, and a little longer; a timer ends it.
   *
   * @param wanted Names in the order in which they must be called
   * @param why What that follows from, for the verdict
   * @throws {Verdict} When it calls others, or in another order, or throws
   */
  run(wanted: string[], why: string): void {
    const end = performance.now() + bound(answerMs);
    let grace = false;
    const look = () => {
      if (grace || performance.now() > end) return this.#loop.stop();
      grace = this.#called.length >= wanted.length;
      this.#loop.setTimer(graceMs, look);
    };
    this.#guarded("setTimer()", () => this.#loop.setTimer(graceMs, look));
    this.returns(wanted, why);
  }

  /** As {@link run}, of a loop that has to return by itself. */
  returns(wanted: string[], why: string): void {
    this.#called = [];
    this.#end = performance.now() + bound(answerMs);
    this.story.tell("run() was called");
    this.#guarded("run()", () => this.#loop.run());
    this.story.tell("run() returned");
    if (this.#verdict) throw this.#verdict;
    if (this.#called.join("\n") === wanted.join("\n")) return;
    throw this.#refuse(
      "wrong-turn",
      `run() called ${list(this.#called)}, wanted ${list(wanted)}: ${why}`,
    );
  }

  /**
   * Runs a loop that has to be stopped by a callback that comes in its turn, whomever else it calls.
   *
   * @param waiting Who is to get its turn, `"a timer was due"`
   */
  goesOn(waiting: string): void {
    this.#end = performance.now() + bound(answerMs);
    this.story.tell(`run() was called, and ${waiting}`);
    this.#guarded("run()", () => this.#loop.run());
    if (this.#verdict) throw this.#verdict;
  }

  /**
   * Runs a loop that has to throw what a callback throws.
   *
   * @throws {Verdict} When it does not
   */
  throws(error: Error): void {
    this.#end = performance.now() + bound(answerMs);
    this.story.tell("run() was called");
    try {
      this.#loop.run();
    } catch (thrown) {
      if (thrown === error) return this.story.tell(`run() threw ${error}`);
      throw this.#threw("run()", thrown);
    }
    throw this.#refuse(
      "should-fail",
      `run() returned as if all were well, although a callback threw ${error}`,
    );
  }

  /**
   * Sets a timer, and runs the loop until it is called.
   *
   * @param beside What the loop waits for besides, for the verdict: `" beside one of 1 s"`
   * @throws {Verdict} When it is early or late
   */
  keepsTime(ms: number, beside = ""): void {
    let passedMs = NaN;
    const begun = performance.now();
    this.#guarded("setTimer()", () =>
      this.#loop.setTimer(ms, () => {
        passedMs = performance.now() - begun;
        this.#loop.stop();
      }));
    if (!Number.isNaN(passedMs)) {
      throw this.#refuse("wrong-turn", "setTimer() called back itself, which is for run() to do");
    }
    this.story.tell(`a timer of ${ms} ms was set, and run() was called`);
    this.#guarded("run()", () => this.#loop.run());
    if (Number.isNaN(passedMs)) {
      throw this.#refuse("wrong-turn", `run() returned, and had not called a timer of ${ms} ms`);
    }
    this.story.tell(`it was called after ${passedMs.toFixed(1)} ms`);
    if (passedMs < ms - earlyMs) {
      throw this.#refuse("wrong-turn", `run() called a timer of ${ms} ms too early`);
    }
    if (passedMs <= ms + bound(lateMs)) return;
    throw this.#refuse(
      "wrong-turn",
      `run() called a timer of ${ms} ms${beside} ${seconds(passedMs)} later`,
    );
  }

  /**
   * Runs the loop while nothing happens, and looks whether it sleeps; Linux only.
   *
   * @param meanwhile What is nobody's business meanwhile, `"the socket had nothing to read"`
   * @throws {Verdict} When it is awake, or wakes up again and again
   */
  sleeps(meanwhile: string): void {
    if (!hasProc) return;
    for (let look = 1;; look++) {
      const [awake, times, begun] = [awakeMs("thread-self"), sleeps(), performance.now()];
      this.#loop.setTimer(idleMs, () => this.#loop.stop());
      this.returns([], `nobody was to be called while ${meanwhile}`);
      const share = (awakeMs("thread-self") - awake) / (performance.now() - begun);
      const wakes = sleeps() - times;
      if (share <= idleShare && wakes <= mostSleeps) return;
      if (look < idleLooks) continue;
      this.story.tell(`it was awake for ${Math.round(100 * share)} % of ${idleMs} ms`);
      if (share > idleShare) {
        throw this.#refuse("spins", `run() spins: it did not sleep while ${meanwhile}`);
      }
      throw this.#refuse(
        "spins",
        `run() woke up ${wakes} times in ${idleMs} ms while ${meanwhile}`,
      );
    }
  }

  #guarded(name: string, call: () => void): void {
    try {
      call();
    } catch (error) {
      throw this.#threw(name, error);
    }
  }

  #threw(name: string, error: unknown): Verdict {
    if (error instanceof Verdict) return error;
    const isStub = error instanceof Error && error.message.startsWith(notWritten);
    return isStub
      ? this.#refuse("not-written", `${name} is not written yet: it throws where its TODO stands`)
      : this.#refuse("threw", `${name} threw ${error}`);
  }

  #refuse(diagnosis: Diagnosis, sentence: string): Verdict {
    return new Verdict(diagnosis, sentence, { story: this.story });
  }
}

/** `"A, B 3 times"`; those beyond the sixth are not told. */
function list(names: string[]): string {
  const groups: { name: string; times: number }[] = [];
  for (const name of names) {
    const last = groups.at(-1);
    if (last?.name === name) last.times++;
    else groups.push({ name, times: 1 });
  }
  const told = groups.slice(0, 6).map(({ name, times }) =>
    times > 1 ? `${name} ${times} times` : name
  );
  return told.join(", ") + (groups.length > 6 ? " ..." : "") || "nobody";
}
