/**
 * A module exercise: its functions are called, with the harness at the other end of the wire.
 *
 * @module
 */
import type { Server, Socket } from "node:net";
import timers from "node:timers/promises";
import { notWritten } from "../../course/answers/stub.ts";
import { difference, show } from "./compare.ts";
import { answerMs, bound, late, seconds, within } from "./deadline.ts";
import { explainValue } from "./explain.ts";
import { describeBytes, firstDifference, hexDifference } from "./hex.ts";
import type { Peer } from "./peer.ts";
import { reach } from "./ports.ts";
import { holdsOpen } from "./proc-net.ts";
import { type ServeOptions, StageServer } from "./stage-server.ts";
import { Story } from "./story.ts";
import { strayError } from "./stray.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** What earlier calls in this process had to give: an answer may have kept it. */
const earlier: Uint8Array[] = [];

/** An earlier call's bytes are known by so many of them; fewer may be there by chance. */
const enoughToKnow = 8;

/** How often one looks whether something changes that must not, 1 ms apart. */
const looks = 10;

/** A call that gives a value, or a promise of one. */
type Call<T> = () => T | Promise<T>;

/** Calls to the learner's functions, told as one story. */
export class Calls {
  readonly story: Story = new Story();
  readonly #servers: Peer[] = [];
  readonly #inodes: string[] = [];
  readonly #mishap = Promise.withResolvers<{ verdict: unknown }>();
  #verdictOfServer: unknown;
  #refused = false;

  /**
   * Opens a server that plays one part for every connection. What it has to refuse becomes the
   * verdict on the call, or when that is over, the verdict at the end of the server's scope.
   *
   * @param play What it does with a client
   */
  async serve(play: (server: Peer) => Promise<void>, options?: ServeOptions): Promise<StageServer> {
    const part = async (server: Peer) => {
      this.#servers.push(server);
      const inode = server.otherEnd()?.inode;
      if (inode) this.#inodes.push(inode);
      try {
        await play(server);
      } catch (verdict) {
        this.#verdictOfServer ??= verdict;
        this.#mishap.resolve({ verdict });
      }
    };
    const atEnd = () => {
      if (this.#verdictOfServer && !this.#refused) throw this.#verdictOfServer;
    };
    return await StageServer.open(this.story, part, atEnd, options);
  }

  /**
   * Waits for a call and compares the bytes that it gives.
   *
   * @param name How the story calls the call, `requestReply()`
   * @throws {Verdict} When it throws, gives a part, gives other bytes or never settles
   */
  async returns(
    name: string,
    call: Call<Uint8Array | null>,
    wanted: Uint8Array,
  ): Promise<void> {
    const got = await this.#valueOf(name, call);
    if (!(got instanceof Uint8Array)) {
      const what = got === null ? "null" : typeof got;
      throw this.#refuse("wrong-value", `${name} gave ${what}, not a Uint8Array`);
    }
    this.story.tell(`${name} gave ${describeBytes(got)}`);
    const at = firstDifference(wanted, got);
    const older = earlier.find((reply) => firstDifference(got, reply) < 0);
    if (at >= 0 && older) {
      throw this.#refuse(
        "mixed",
        `${name} gave the ${older.length} bytes of an earlier call before its own`,
      );
    }
    if (wanted.length >= enoughToKnow) earlier.push(Uint8Array.from(wanted));
    if (at === wanted.length) {
      throw this.#refuse(
        "wrong-value",
        `${name} gave ${got.length} bytes, ${got.length - wanted.length} more than were sent`,
      );
    }
    if (at >= 0) {
      throw this.#refuse(
        "wrong-value",
        `${name} gave other bytes than were sent, from offset ${at} on`,
        hexDifference(wanted, got, at),
      );
    }
    if (got.length < wanted.length) {
      throw this.#refuse(
        "part",
        `${name} gave ${got.length} of ${wanted.length} bytes${this.#where(got.length)}`,
      );
    }
  }

  /**
   * Waits for a call and compares the value that it gives, see {@link difference}.
   *
   * @param name How the story calls the call, `parseHeader() of a SYN`
   * @param why What the value follows from, for the verdict: `the data offset is 5`
   * @returns The value
   * @throws {Verdict} When it throws, gives another value or never settles
   */
  async gives<T>(name: string, call: Call<T>, wanted: unknown, why = ""): Promise<T> {
    const got = await this.#valueOf(name, call, why);
    this.story.tell(`${name} gave ${show(got)}`);
    const found = difference(wanted, got);
    if (!found) return got;
    const where = found.path ? ` for ${found.path.replace(/^\./, "")}` : "";
    const slip = explainValue(found.wanted, found.got);
    const reason = slip || why ? ` (${slip || why})` : "";
    throw this.#refuse(
      "wrong-value",
      `${name} gave ${show(found.got)}${where}, wanted ${show(found.wanted)}${reason}`,
      found.wanted instanceof Uint8Array && found.got instanceof Uint8Array
        ? bytesApart(found.wanted, found.got)
        : undefined,
    );
  }

  /**
   * Waits for a call that says beforehand what will happen, and holds it against what did.
   *
   * @param name How the story calls the call, `sizesOfTwoWrites()`
   * @param happened What the experiment gave, a moment ago
   * @param because Why it came so, for the verdict
   * @throws {Verdict} When the call throws, says something else or never settles
   */
  async predicts<T>(
    name: string,
    call: Call<T>,
    happened: unknown,
    because: string,
  ): Promise<void> {
    const said = await this.#valueOf(name, call);
    this.story.tell(`${name} said ${show(said)}`);
    if (!difference(happened, said)) return;
    const sentence = `${name} said ${show(said)}, and what happened was ${show(happened)}`;
    throw this.#refuse("wrong-value", `${sentence}: ${because}`);
  }

  /**
   * Waits until a call gives a value: what it tells of has happened already, and the news is on its
   * way.
   *
   * @param name How the story calls the call, `clients()`
   * @param why What the value follows from, for the verdict: `Ada has left`
   * @throws {Verdict} When it still gives another value at the end of the bound
   */
  async comesToGive(name: string, call: () => unknown, wanted: unknown, why = ""): Promise<void> {
    const end = performance.now() + bound(answerMs);
    const arrived = () => {
      try {
        return !difference(wanted, call());
      } catch {
        return true; // gives() says what it threw
      }
    };
    while (!arrived() && performance.now() < end) await setTimeout(1);
    await this.gives(name, call, wanted, why);
  }

  /**
   * Looks whether a call gives a value, and still gives it a moment later.
   *
   * @param name How the story calls the call, `the count of clients`
   * @param why What the value follows from, for the verdict: `the call is over`
   * @throws {Verdict} When it gives another value
   */
  async goesOnToGive(name: string, call: () => unknown, wanted: unknown, why = ""): Promise<void> {
    for (let k = 0; k < looks && !difference(wanted, call()); k++) await setTimeout(1);
    await this.gives(name, call, wanted, why);
  }

  /**
   * Waits for a call that gives a sentence, and looks for words in it, whatever their case. They
   * count where a word begins: ECONNRESET does not say "reset".
   *
   * @param name How the story calls the call, `describe() of a reset`
   * @param words What the sentence must contain; the words of a list stand together, in any order,
   * and none of another list's among them
   * @param why Why it must, for the verdict: `two addresses were tried`
   * @param never What it must not contain
   * @throws {Verdict} When it gives no sentence, several lines, or one with other words than that
   */
  async says(
    name: string,
    call: Call<string>,
    words: (string | string[])[],
    why = "",
    never: string[] = [],
  ): Promise<void> {
    const got: unknown = await this.#valueOf(name, call);
    this.story.tell(`${name} gave ${show(got)}`);
    const gave = `${name} gave ${typeof got === "string" ? quoted(got) : show(got)}`;
    if (typeof got !== "string" || got.trim() === "") {
      throw this.#refuse("wrong-value", `${gave}, which is no sentence`);
    }
    if (got.includes("\n")) {
      throw this.#refuse("wrong-value", `${gave}: that is more than one line`);
    }
    const hole = /\b(?:undefined|NaN|null)\b|\[object \w+\]/.exec(got)?.[0];
    if (hole && !words.flat().includes(hole)) {
      throw this.#refuse("wrong-value", `${gave}: "${hole}" is nothing to say to people`);
    }
    const reason = why ? ` (${why})` : "";
    const missing = words.flat().find((word) => !has(got, word));
    if (missing !== undefined) {
      throw this.#refuse("wrong-value", `${gave}, which does not say "${missing}"${reason}`);
    }
    const unwanted = never.find((word) => has(got, word));
    if (unwanted !== undefined) {
      throw this.#refuse("wrong-value", `${gave}, which must not say "${unwanted}"`);
    }
    const torn = tornApart(got, words.filter((it) => typeof it !== "string"));
    if (torn === undefined) return;
    const list = torn.map((word) => `"${word}"`).join(", ");
    throw this.#refuse("wrong-value", `${gave}, which does not say ${list} together${reason}`);
  }

  /**
   * Looks where a server listens that a call was to make listen.
   *
   * @param name How the story calls the call, `listen()`
   * @throws {Verdict} When it listens nowhere, or on another address
   */
  listensOn(name: string, server: Server, address: string): void {
    const at = server.address();
    if (at === null || typeof at === "string") {
      throw this.#refuse(
        "listens-elsewhere",
        `${name} had returned, and its server does not listen`,
      );
    }
    this.story.tell(`the server listens on ${at.address}, port ${at.port}`);
    if (at.address === address) return;
    const where = `${at.address}${reach(at.address)}`;
    throw this.#refuse(
      "listens-elsewhere",
      `${name} had its server listen on ${where}, not on ${address}`,
    );
  }

  /**
   * Looks how much an answer has taken out of a connection.
   *
   * @param name What holds it, `SocketReader`
   * @param socket The answer's end
   * @param most How much it may have taken, in bytes
   * @param why Why it needs no more, for the verdict: `nobody asked`
   * @throws {Verdict} When it has taken more
   */
  tookAtMost(name: string, socket: Socket, most: number, why: string): void {
    const { bytesRead } = socket;
    this.story.tell(`${name} had taken ${bytesRead} bytes out of the connection`);
    if (bytesRead <= most) return;
    throw this.#refuse(
      "hoards",
      `${name} had taken ${bytesRead} bytes out of the connection, more than ${most}, although ${why}`,
    );
  }

  /**
   * Looks at bytes that were handed out earlier.
   *
   * @throws {Verdict} When they are no longer what they were
   */
  unchanged(name: string, got: Uint8Array, wanted: Uint8Array): void {
    const at = firstDifference(wanted, got);
    if (at < 0) return;
    throw this.#refuse(
      "changed-message",
      `${name} changed after it was handed out: its memory was used again`,
      hexDifference(wanted, got, at),
    );
  }

  /**
   * Waits for a call that has to fail.
   *
   * @param why What makes it fail, `the connection was reset`
   * @param says What the error's message must contain, as for {@link says}; anything unless told
   * @param never What it must not contain
   * @returns The error
   * @throws {Verdict} When it succeeds, fails with something else or never settles
   */
  async fails(
    name: string,
    call: Call<unknown>,
    why: string,
    says: string[] = [],
    never: string[] = [],
  ): Promise<Error> {
    const outcome = await this.#settle(name, call, "fail", why);
    if ("value" in outcome) {
      const { value } = outcome;
      const gave = value instanceof Uint8Array ? describeBytes(value, 12) : show(value);
      throw this.#refuse(
        "should-fail",
        `${name} gave ${gave} as if all were well, although ${why}`,
      );
    }
    const { error } = outcome;
    if (isNotWritten(error)) throw this.#threw(name, error);
    if (!(error instanceof Error)) {
      throw this.#refuse("should-fail", `${name} failed with ${show(error)}, not with an Error`);
    }
    this.story.tell(`${name} failed: ${error.message || error}`);
    const message = `${name} failed with the message "${error.message}"`;
    const missing = says.find((word) => !has(error.message, word));
    if (missing !== undefined) {
      throw this.#refuse("wrong-value", `${message}, which does not say "${missing}": ${why}`);
    }
    const unwanted = never.find((word) => has(error.message, word));
    if (unwanted === undefined) return error;
    throw this.#refuse("wrong-value", `${message}, which must not say "${unwanted}": ${why}`);
  }

  /**
   * Waits for a call that has to fail with an error of one class.
   *
   * @param why What makes it fail
   * @param due The class, `RangeError`
   * @throws {Verdict} When it succeeds, fails with something else or never settles
   */
  async throws(
    name: string,
    call: Call<unknown>,
    why: string,
    due: ErrorConstructor,
  ): Promise<void> {
    const error = await this.fails(name, call, why);
    if (error instanceof due) return;
    throw this.#refuse("wrong-value", `${name} threw ${error}, wanted a ${due.name}: ${why}`);
  }

  /**
   * Looks whether a call that was begun goes on.
   *
   * @param why Why it must, for the verdict: `there is a second left`
   * @throws {Verdict} When it is over
   */
  async goesOn<T>(name: string, call: Call<T>, why: string): Promise<void> {
    const outcome = await Promise.race([
      (async () => ({ value: await call() }))().catch((error) => ({ error })),
      setTimeout(1, undefined),
    ]);
    if (!outcome) return;
    if ("error" in outcome) throw this.#threw(name, outcome.error, why);
    throw this.#refuse("wrong-value", `${name} gave ${show(outcome.value)} already (${why})`);
  }

  /**
   * Waits until this process holds none of its ends of the connections that were served; Linux only.
   *
   * @param how How the call has ended
   * @throws {Verdict} When it keeps one
   */
  async leavesNothingOpen(name: string, how: "returned" | "failed"): Promise<void> {
    const ms = bound(answerMs);
    const end = performance.now() + ms;
    const open = () => this.#inodes.some(holdsOpen);
    while (open() && performance.now() < end) await setTimeout(5);
    if (!open()) return;
    throw this.#refuse(
      "left-open",
      `${name} had ${how}, and its socket was still open ${seconds(ms)} later`,
    );
  }

  // Whether a count of bytes is that of the first pieces that a server had sent.
  #where(bytes: number): string {
    for (const { sent } of this.#servers) {
      let sum = 0;
      const k = sent.findIndex((piece) => (sum += piece.length) === bytes);
      if (k === 0) return ", the first piece alone";
      if (k > 0) return `, those that had come when the server paused`;
    }
    return "";
  }

  async #valueOf<T>(name: string, call: Call<T>, why = ""): Promise<T> {
    const outcome = await this.#settle(name, call, "return", why);
    if ("error" in outcome) throw this.#threw(name, outcome.error, why);
    return outcome.value;
  }

  async #settle<T>(
    name: string,
    call: Call<T>,
    wanted: string,
    why: string,
  ): Promise<{ value: T } | { error: unknown }> {
    this.story.tell(`${name} was called`);
    const ms = bound(answerMs);
    const promise = (async () => ({ value: await call() }))().catch((error) => ({ error }));
    // The bound is for silence: as long as the story goes on, there is work to be done.
    for (let told = -1; told !== this.story.told;) {
      told = this.story.told;
      const outcome = await within(ms, Promise.race([promise, this.#mishap.promise, strayError()]));
      if (outcome === late) continue;
      if ("stray" in outcome) {
        throw this.#refuse(
          "threw",
          `${name} threw where no caller could catch it: ${outcome.stray}`,
        );
      }
      if ("verdict" in outcome) {
        this.#refused = true;
        throw outcome.verdict;
      }
      // A part that the harness plays within the call has seen enough.
      if ("error" in outcome && outcome.error instanceof Verdict) {
        this.#refused = true;
        throw outcome.error;
      }
      return outcome;
    }
    const because = why ? ` (${why})` : "";
    throw this.#refuse(
      "never-settled",
      `${name} did not ${wanted} within ${seconds(ms)}: its promise is still pending${because}`,
    );
  }

  #threw(name: string, error: unknown, why = ""): Verdict {
    if (isNotWritten(error)) {
      return this.#refuse(
        "not-written",
        `${name} is not written yet: it throws where its TODO stands`,
      );
    }
    const because = why ? ` (${why})` : "";
    return this.#refuse("threw", `${name} failed: ${error}${whereThrown(error)}${because}`);
  }

  #refuse(diagnosis: Diagnosis, sentence: string, picture?: string[]): Verdict {
    this.#refused = true;
    return new Verdict(diagnosis, sentence, { story: this.story, ...(picture ? { picture } : {}) });
  }
}

// The longest sentence that a verdict repeats whole, in characters.
const longest = 160;

function quoted(text: string): string {
  const all = JSON.stringify(text);
  return all.length > longest ? `${all.slice(0, longest - 3)}...` : all;
}

/** Where a text says a word, whatever its case; not within a longer word, "taken" in "mistaken". */
function placesOf(text: string, word: string): number[] {
  const start = /^\p{L}/u.test(word) ? "(?<!\\p{L})" : "";
  return [...text.matchAll(new RegExp(start + RegExp.escape(word), "giu"))].map((it) => it.index);
}

function has(text: string, word: string): boolean {
  return placesOf(text, word).length > 0;
}

/** The first of these lists whose words stand on both sides of another list's word. */
function tornApart(text: string, lists: string[][]): string[] | undefined {
  const places = lists.map((list) => list.flatMap((word) => placesOf(text, word)));
  return lists.find((_, i) => {
    const first = Math.min(...places[i]!);
    const last = Math.max(...places[i]!);
    return places.some((other, k) => k !== i && other.some((at) => first < at && at < last));
  });
}

function bytesApart(wanted: Uint8Array, got: Uint8Array): string[] {
  const at = firstDifference(wanted, got);
  return hexDifference(wanted, got, at < 0 ? got.length : at);
}

// The first place in the stack that is the answer's own.
function whereThrown(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? "" : "";
  const line = stack.split("\n").find((line) => /(?:exercises|solutions|answers)\//.test(line));
  const place = /([\w.-]+\.ts):(\d+)/.exec(line ?? "");
  return place ? ` (${place[1]}, line ${place[2]})` : "";
}

/** Whether an error is that of a stub. */
export function isNotWritten(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(notWritten);
}
