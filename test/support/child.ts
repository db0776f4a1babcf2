/**
 * A child process with all that it says, in a group of its own that is ended with its scope.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { answerMs, bound, Changes } from "./deadline.ts";

/** A command and its arguments. */
export interface Run {
  command: string;
  args: string[];
}

const { FORCE_COLOR: _, ...env } = process.env;

/** A running child. */
export class Child implements AsyncDisposable {
  /** all that it has written so far */
  stdout = "";
  stderr = "";
  /** how it ended, `"exit code 1"` or `"SIGTERM"`; undefined as long as it runs */
  exit: string | undefined;
  readonly #process: ChildProcess;
  readonly #changes = new Changes();

  /** @param onExit Called once, when it has ended and all its output has been read */
  constructor({ command, args }: Run, onExit: (exit: string) => void = () => {}) {
    this.#process = spawn(command, args, {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    });
    note(this.#process.pid);
    for (const name of ["stdout", "stderr"] as const) {
      this.#process[name]!.setEncoding("utf8").on("data", (text: string) => {
        this[name] += text;
        this.#changes.tell();
      });
    }
    // No such program: there is no end of it to hear of.
    this.#process.on("error", (error) => {
      this.exit ??= error.message;
      this.#changes.tell();
    });
    this.#process.on("close", (code: number | null, signal: string | null) => {
      this.exit ??= signal ?? `exit code ${code}`;
      onExit(this.exit);
      this.#changes.tell();
    });
  }

  /** Its number. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Waits until a condition on its output or its end holds, see {@link Changes.until}. */
  async until(holds: () => boolean, ms: number): Promise<boolean> {
    return await this.#changes.until(holds, ms);
  }

  /** Waits for its end; false when it still runs after the bound. */
  async ended(ms: number): Promise<boolean> {
    return await this.until(() => this.exit !== undefined, ms);
  }

  /** Sends a signal; nothing happens when it has ended. */
  signal(name: NodeJS.Signals): void {
    // Not child.kill(): on Deno that works once only.
    if (this.exit !== undefined) return;
    try {
      process.kill(this.pid, name);
    } catch {
      // It has ended, and its last output is still to be read.
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    killGroup(this.#process.pid);
    await this.ended(bound(answerMs));
    killGroup(this.#process.pid);
    forget(this.#process.pid);
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // ended already
  }
}

// Whoever has to kill this process finds the children that it leaves in this folder.
function note(pid: number | undefined): void {
  const folder = process.env.COURSE_PIDS;
  if (folder && pid) writeFileSync(join(folder, String(pid)), "");
}

function forget(pid: number | undefined): void {
  const folder = process.env.COURSE_PIDS;
  if (folder && pid) rmSync(join(folder, String(pid)), { force: true });
}
