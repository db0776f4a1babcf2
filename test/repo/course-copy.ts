/**
 * The course in a folder of its own, for typing into it what a learner types.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { exists, root } from "../../course/disk.ts";
import { stubOf } from "../../course/answers/stub.ts";
import { TempCourse } from "./temp-course.ts";

/** The runner, what tests share, and the settings. */
export const machinery: string[] = [
  "course",
  "test/support",
  "berkeley",
  "test/answers/README.md",
  "package.json",
  "deno.json",
  "tsconfig.json",
  "vitest.config.ts",
];

/** Lesson 2 with its exercises, which is all that most tests of the runner need. */
export const lessonTwo: string[] = [
  "lessons/02-echo.md",
  "examples/02-echo",
  "solutions/02-echo",
  "test/02-echo",
];

/** The exercises of lesson 2: a program and a module. */
export const [server, client] = ["02-echo/1-echo-server", "02-echo/2-read-reply"] as const;

/** What the runner printed, and how it ended. */
export interface Typed {
  /** null when a signal ended it */
  code: number | null;
  out: string;
  err: string;
}

/** How a line is typed. */
export interface TypeOptions {
  env?: Record<string, string>;
  /** the program that runs the runner, and its flags; as this test is run unless told */
  binary?: string;
  flags?: string[];
}

/** A clean checkout of a course that has lesson 2 alone. */
export function cleanCheckout(): CourseCopy {
  return new CourseCopy([...machinery, ...lessonTwo], {
    [`exercises/${server}.ts`]: stubOf(server),
    [`exercises/${client}.ts`]: stubOf(client),
  });
}

// What vitest and the judge have put into the environment of this process is not the learner's.
const inherited = Object.fromEntries(
  Object.entries(process.env).filter(([name]) =>
    !/^(VITEST|COURSE_|TEST$|NODE_ENV|NODE_CHANNEL|FORCE_COLOR|NO_COLOR|COLUMNS)/.test(name)
  ),
);

/** A copy of some of the course's files, with the same packages. */
export class CourseCopy extends TempCourse {
  readonly #running = new Set<ChildProcess>();

  /**
   * Copies.
   *
   * @param paths Files and folders of the course
   * @param files Texts of further files, by their paths
   */
  constructor(paths: string[], files: Record<string, string> = {}) {
    super({});
    for (const path of paths.filter(exists)) {
      cpSync(join(root, path), join(this.root, path), { recursive: true });
    }
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    symlinkSync(join(root, "node_modules"), join(this.root, "node_modules"), "junction");
  }

  /** The text of a file; empty when it is not there. */
  text(path: string): string {
    return existsSync(join(this.root, path)) ? readFileSync(join(this.root, path), "utf8") : "";
  }

  /** Removes a file or folder. */
  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  /** Copies further files and folders of the course. */
  copyFrom(...paths: string[]): void {
    for (const path of paths) cpSync(join(root, path), join(this.root, path), { recursive: true });
  }

  /** Puts a file of this copy in another place. */
  copy(from: string, to: string): void {
    cpSync(join(this.root, from), join(this.root, to));
  }

  /** Starts the runner, `"check 02/1"`. */
  start(line: string, options: TypeOptions = {}): ChildProcess {
    const { env = {}, binary = process.execPath } = options;
    const isDeno = binary === process.execPath && "Deno" in globalThis;
    const { flags = isDeno ? ["run", "-A", "--quiet"] : [] } = options;
    const child = spawn(binary, [...flags, "course/main.mjs", ...line.split(" ").filter(Boolean)], {
      cwd: this.root,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...inherited, ...env },
    });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    return child;
  }

  /** Runs the runner to its end, for at most three minutes: on a busy machine its bounds grow. */
  async type(line: string, options: TypeOptions = {}): Promise<Typed> {
    const child = this.start(line, options);
    const typed: Typed = { code: null, out: "", err: "" };
    child.stdout!.on("data", (text) => typed.out += text);
    child.stderr!.on("data", (text) => typed.err += text);
    const bound = setTimeout(() => end(child), 180_000);
    [typed.code] = await once(child, "close");
    clearTimeout(bound);
    return typed;
  }

  override [Symbol.dispose](): void {
    for (const child of this.#running) end(child);
    super[Symbol.dispose]();
  }
}

// The runner ends what it has started when it is told to stop.
function end({ pid }: ChildProcess): void {
  signal(pid!, "SIGTERM");
  setTimeout(() => signal(pid!, "SIGKILL"), 2000).unref();
}

// Not child.kill(): on Deno that works once only.
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it has ended
  }
}

/**
 * Listens to what a child prints, from now on.
 *
 * @returns Waits until something like a pattern has been printed; throws when it ends without
 */
export function printed(child: ChildProcess): (pattern: RegExp) => Promise<RegExpExecArray> {
  let out = "";
  child.stdout!.on("data", (text) => out += text);
  return async (pattern) => {
    for (;;) {
      const match = pattern.exec(out);
      if (match) return match;
      if (child.exitCode !== null) throw new Error(`It ended without printing ${pattern}: ${out}`);
      await Promise.race([once(child.stdout!, "data"), once(child, "close")]);
    }
  };
}
