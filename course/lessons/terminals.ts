/**
 * Runs the commands of a lesson as a reader would, each in a terminal, and leaves none behind.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { bound, Changes, seconds } from "../../test/support/deadline.ts";
import { findRuntime, type Runtime, type RuntimeName } from "../runtimes.ts";

/** How long a killed program or a question to the shell may take on an idle machine, in ms. */
const systemMs = 5000;

/** How a lesson shows that the reader pressed Ctrl and C. */
export const interruptLine = "^C";

const running = new Set<Command>();

/** A command that runs, in a process group of its own. */
export class Command implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #changes: Changes;
  #output = "";
  /** how much it had printed when it was interrupted */
  #interruptedAt: number | undefined;
  #code: number | undefined;

  /**
   * Starts it.
   *
   * @param script What a shell is to run
   * @param folder Where
   * @param changes Whom to tell when it prints or ends
   */
  constructor(script: string, folder: string, changes: Changes) {
    this.#changes = changes;
    this.#child = spawn("sh", ["-c", `exec 2>&1\n${script}`], {
      cwd: folder,
      detached: true,
      stdio: ["ignore", "pipe", "ignore"],
      env: environment(),
    });
    this.#watch();
  }

  #watch(): void {
    const { pid, stdout } = this.#child;
    if (running.size === 0) process.on("SIGINT", giveUp);
    running.add(this);
    notePid(pid);
    stdout!.setEncoding("utf8").on("data", (text: string) => {
      this.#output += text;
      this.#changes.tell();
    });
    this.#child.on("error", (error: Error) => {
      this.#output += `${error.message}\n`;
      this.#code = 127;
      this.#changes.tell();
    });
    this.#child.on("close", (code: number | null, signal: NodeJS.Signals | null) => {
      this.#code = code ?? 128 + constants.signals[signal!];
      this.#changes.tell();
    });
  }

  /** Its exit code as a shell gives it, undefined while it runs. */
  get code(): number | undefined {
    return this.#code;
  }

  /** Whether it has ended and all that it printed has been read. */
  get ended(): boolean {
    return this.#code !== undefined;
  }

  /** All that it has printed so far, on both of its outputs. */
  get output(): string {
    return this.#output;
  }

  /**
   * The lines that a lesson shows: those up to its interrupt, if it was interrupted.
   *
   * @param withInterrupt Whether the lesson shows `^C` and what was printed after it
   */
  lines(withInterrupt: boolean): string[] {
    const before = asLines(this.#output.slice(0, this.#interruptedAt));
    if (!withInterrupt || this.#interruptedAt === undefined) return before;
    return [...before, interruptLine, ...asLines(this.#output.slice(this.#interruptedAt))];
  }

  /** Notes that it is interrupted now; nothing when it has ended. */
  mark(): void {
    if (!this.ended) this.#interruptedAt ??= this.#output.length;
  }

  /**
   * Does what Ctrl and C do, and waits for the end.
   *
   * @param ms How long it may take
   * @returns What is wrong: it went on; undefined when it ended
   */
  async interrupt(ms: number): Promise<string | undefined> {
    this.mark();
    if (this.ended) return undefined;
    signalGroup(this.#child.pid, "SIGINT");
    if (await this.#changes.until(() => this.ended, ms)) return undefined;
    return `It still ran ${seconds(ms)} after SIGINT`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    signalGroup(this.#child.pid, "SIGKILL");
    await this.#changes.until(() => this.ended, bound(systemMs));
    // What the command left in the background outlives its shell.
    signalGroup(this.#child.pid, "SIGKILL");
    this.#child.stdout!.destroy();
    running.delete(this);
    forgetPid(this.#child.pid);
    if (running.size === 0) process.off("SIGINT", giveUp);
  }

  /** Ends it at once. */
  kill(): void {
    signalGroup(this.#child.pid, "SIGKILL");
  }
}

function asLines(text: string): string[] {
  return text === "" ? [] : text.replace(/\n$/, "").split("\n").map((line) => line.trimEnd());
}

// The groups of the commands do not get the Ctrl and C that is typed where we run.
function giveUp(): void {
  for (const command of running) command.kill();
  process.exit(130);
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid) process.kill(-pid, signal);
  } catch {
    // ended already
  }
}

/**
 * Waits until a group of commands prints nothing more.
 *
 * @param commands Who may print
 * @param quietMs How long none of them must have printed
 * @param limitMs When to give up waiting
 */
export async function quiet(commands: Command[], quietMs: number, limitMs: number): Promise<void> {
  const end = performance.now() + limitMs;
  const length = () => commands.reduce((sum, it) => sum + it.output.length, 0);
  while (commands.some((it) => !it.ended) && performance.now() < end) {
    const before = length();
    await setTimeout(quietMs);
    if (length() === before) return;
  }
}

/** The runtimes first on the PATH, no colours, nothing held back in a buffer. */
function environment(): NodeJS.ProcessEnv {
  const binaries = (["node", "deno"] as const).flatMap((name) => runtime(name)?.binary ?? []);
  // An empty FORCE_COLOR is none, and yet Node warns that it outweighs NO_COLOR.
  const { FORCE_COLOR: _, ...own } = process.env;
  return {
    ...own,
    PATH: [...binaries.map((path) => dirname(path)), process.env.PATH].join(delimiter),
    NO_COLOR: "1",
    NODE_OPTIONS: "",
    DENO_NO_UPDATE_CHECK: "1",
    PYTHONUNBUFFERED: "1",
    LC_ALL: "C.UTF-8",
  };
}

const found = new Map<RuntimeName, Runtime | undefined>();

function runtime(name: RuntimeName): Runtime | undefined {
  if (!found.has(name)) found.set(name, findRuntime(name));
  return found.get(name);
}

const tools = new Map<string, boolean>();

/**
 * The first of some tools that this machine does not have.
 *
 * @param names As they are typed
 */
export async function missingTool(names: string[]): Promise<string | undefined> {
  for (const name of names) {
    if (!tools.has(name)) {
      const changes = new Changes();
      await using look = new Command(`command -v '${name}'`, process.cwd(), changes);
      await changes.until(() => look.ended, bound(systemMs));
      tools.set(name, look.code === 0);
    }
    if (!tools.get(name)) return name;
  }
  return undefined;
}

// Whoever has to kill this process finds the children that it leaves in this folder.
function notePid(pid: number | undefined): void {
  const folder = process.env.COURSE_PIDS;
  if (folder && pid) writeFileSync(join(folder, String(pid)), "");
}

function forgetPid(pid: number | undefined): void {
  const folder = process.env.COURSE_PIDS;
  if (folder && pid) rmSync(join(folder, String(pid)), { force: true });
}
