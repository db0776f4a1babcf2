/**
 * A program in a child process: how it is run, what it prints, how it ends.
 *
 * @module
 */
import { basename } from "node:path";
import process from "node:process";
import timers from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { notWritten } from "../../course/answers/stub.ts";
import { Child, type Run } from "./child.ts";
import { answerMs, bound, seconds } from "./deadline.ts";
import { swallowedMark } from "./guard.ts";
import { Story } from "./story.ts";
import { awakeMs, hasProc, isAsleep, isStopped, residentBytes, sleeps } from "./usage.ts";
import type { ToolResult } from "./tool.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** How long a program is looked at to see whether it sleeps, in ms. */
const idleMs = 100;

/** So often it is looked at again: after work a runtime has to tidy up. */
const idleLooks = 8;

/** Who is awake for more of the time than this does not sleep. */
const idleShare = 0.5;

/** So often a program may wake up in one look; one that waits in a single call never does. */
const mostWakes = 2;

/**
 * How a TypeScript program is run on the runtime at hand, with nothing swallowed.
 *
 * @param path Absolute path of the file
 * @param flags Deno's permissions for it
 */
export function onThisRuntime(path: string, flags: string[]): Run {
  const guard = fileURLToPath(new URL("./guard.ts", import.meta.url));
  const run = "Deno" in globalThis
    ? ["run", "--quiet", "--no-prompt", ...flags, `--preload=${guard}`]
    : [];
  return { command: process.execPath, args: [...run, path] };
}

/** A running child with the story of what it did. */
export class Program implements AsyncDisposable {
  readonly story: Story = new Story();
  /** its file's name */
  readonly name: string;
  protected readonly child: Child;

  /**
   * Starts it.
   *
   * @param run The command, up to the program's file; see {@link onThisRuntime}
   * @param words The program's arguments
   */
  constructor({ command, args }: Run, words: string[]) {
    this.name = basename(args.at(-1)!);
    const how = command !== process.execPath ? command : "Deno" in globalThis ? "deno run" : "node";
    this.story.tell(`started ${[how, this.name, ...words].join(" ")}`);
    this.child = new Child({ command, args: [...args, ...words] }, (exit) => {
      this.story.tell(`it ended (${exit})`);
    });
  }

  /** Whether it has not ended. */
  get runs(): boolean {
    return this.child.exit === undefined;
  }

  /**
   * Sends SIGTERM and waits for the end.
   *
   * @param wanted How it has to end, `"exit code 0"`; anyhow unless told
   * @throws {Verdict} When it goes on, or ends otherwise
   */
  async stop(wanted?: string): Promise<void> {
    this.story.tell("SIGTERM was sent to it");
    this.child.signal("SIGTERM");
    if (!await this.child.ended(bound(answerMs))) {
      throw this.verdict(
        "ignored-sigterm",
        `It still ran ${seconds(bound(answerMs))} after SIGTERM`,
      );
    }
    const { exit } = this.child;
    if (wanted === undefined || exit === wanted) return;
    throw this.verdict("died", `SIGTERM ended it (${exit}), where it was to end by ${wanted}`);
  }

  /** Stops it (SIGSTOP) until the end of the scope: its kernel goes on, and it does not. */
  async standStill(): Promise<Disposable> {
    this.story.tell("it was stopped (SIGSTOP)");
    this.child.signal("SIGSTOP");
    const end = performance.now() + bound(answerMs);
    while (hasProc && this.runs && !isStopped(this.child.pid) && performance.now() < end) {
      await setTimeout(1);
    }
    return {
      [Symbol.dispose]: () => {
        this.story.tell("it was told to go on (SIGCONT)");
        this.child.signal("SIGCONT");
      },
    };
  }

  /**
   * Looks whether it sleeps while there is nothing to do; Linux only.
   *
   * @param meanwhile What is not its business meanwhile, `"nobody was connected"`
   * @throws {Verdict} When it uses the CPU all the time, or wakes up again and again
   */
  async checkIdle(meanwhile: string): Promise<void> {
    if (!hasProc) return;
    let [awake, wakes] = [0, 0];
    for (let look = 0; look < idleLooks && this.runs; look++) {
      const [begun, before] = [performance.now(), awakeMs(this.child.pid)];
      const slept = sleeps(this.child.pid);
      await setTimeout(idleMs);
      if (!this.runs) break;
      const share = (awakeMs(this.child.pid) - before) / (performance.now() - begun);
      const woken = sleeps(this.child.pid) - slept;
      const isQuiet = share <= idleShare && woken <= mostWakes;
      // The time that it waits for a CPU is added up only when it gets one.
      if (isQuiet && this.runs && isAsleep(this.child.pid)) return;
      awake += share / idleLooks;
      wakes += woken;
    }
    if (!this.runs) throw this.ended("died", `while ${meanwhile}`);
    const lookedMs = idleLooks * idleMs;
    this.story.tell(`it was awake for ${Math.round(100 * awake)} % of ${lookedMs} ms`);
    throw this.verdict(
      "spins",
      awake <= idleShare && wakes > idleLooks * mostWakes
        ? `It woke up ${wakes} times in ${lookedMs} ms with nothing to do, while ${meanwhile}`
        : `It spins: it did not sleep while ${meanwhile}`,
    );
  }

  /** The memory that it has now, in bytes; 0 where the system does not tell. */
  get memory(): number {
    return hasProc ? residentBytes(this.child.pid) : 0;
  }

  /**
   * Holds its memory against what it was.
   *
   * @param before What {@link memory} was
   * @param mostBytes How much more it may be
   * @param meanwhile What happened between, `"Ada sent 64 MiB and read nothing"`
   * @param keeps What it must have kept then
   * @throws {Verdict} When it has grown by more
   */
  checkMemory(
    before: number,
    mostBytes: number,
    meanwhile: string,
    keeps = "what it cannot send",
  ): void {
    if (!this.runs) throw this.ended("died", `while ${meanwhile}`);
    const grownBytes = this.memory - before;
    this.story.tell(`it has ${mebibytes(grownBytes)} of memory more than before`);
    if (grownBytes <= mostBytes) return;
    throw this.verdict(
      "grows",
      `It grew by ${mebibytes(grownBytes)} while ${meanwhile}: it keeps ${keeps}`,
    );
  }

  /**
   * Hears a client that nobody here wrote.
   *
   * @param tool What it is, `"python3"`
   * @param result How it ended, and what it said
   * @param diagnosis What it is when it ended badly
   * @throws {Verdict} When it did: with the last line that it said
   */
  checkTool(tool: string, { code, stderr }: ToolResult, diagnosis: Diagnosis): void {
    if (!this.runs) throw this.ended("died", `while it served ${tool}`);
    this.story.tell(`${tool} ended with exit code ${code}`);
    if (code === 0) return;
    const said = stderr.trim().split("\n").at(-1) || "nothing, and was ended";
    throw this.verdict(diagnosis, `${tool} says: ${said}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.child[Symbol.asyncDispose]();
  }

  /** The lines that it printed for whoever looks; what it says to the harness is not among them. */
  protected get ownLines(): string[] {
    return this.child.stdout.split("\n").filter(Boolean);
  }

  /** The verdict on a program that has ended. */
  protected ended(diagnosis: Diagnosis, when: string): Verdict {
    this.checkWritten();
    const error = this.#firstError();
    if (this.child.stderr.includes(swallowedMark)) {
      return this.verdict(
        "swallowed",
        `A listener threw ${when}, which Deno alone would have swallowed: ${error}`,
      );
    }
    const why = error ? `: ${error}` : "";
    return this.verdict(diagnosis, `It ended (${this.child.exit}) ${when}${why}`);
  }

  /** @throws {Verdict} When it ended as a stub does */
  protected checkWritten(): void {
    if (this.child.stderr.includes(notWritten)) {
      throw this.verdict(
        "not-written",
        `${this.name} is not written yet: it throws where its TODO stands`,
      );
    }
  }

  // Node and Deno dress an uncaught error differently; the error's own line is the same.
  #firstError(): string {
    const text = this.child.stderr.replaceAll(swallowedMark, "").trim();
    const error = /^(?:error: )?(?:Uncaught )?(?:\(in promise\) )?([A-Z]\w*(?: \[\w+\])?: .*)$/m
      .exec(text)?.[1] ?? text.split("\n")[0]!;
    const line = new RegExp(`${this.name.replaceAll(".", "\\.")}:(\\d+)`).exec(text)?.[1];
    return line ? `${error} (${this.name}, line ${line})` : error;
  }

  /** A verdict with its story; what it printed is shown beside it. */
  protected verdict(diagnosis: Diagnosis, sentence: string): Verdict {
    for (const line of this.ownLines.slice(-3)) console.log(line);
    return new Verdict(diagnosis, sentence, { story: this.story });
  }
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / (1 << 20))} MiB`;
}
