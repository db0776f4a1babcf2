/**
 * Compiles the programs in C, and starts programs that are ended with their scope.
 *
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, renameSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { root } from "../course/disk.ts";
import { Misunderstanding } from "../course/misunderstanding.ts";
import type { Run } from "../test/support/child.ts";
import { residentBytes } from "../test/support/usage.ts";

const running = new Set<ChildProcess>();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/**
 * Compiles a program.
 *
 * @param source `"bench/load.c"`
 * @returns The binary's path, in the course's cache
 * @throws {Misunderstanding} With what gcc said
 */
export function compile(source: string): string {
  const folder = join(root, ".course/cache/bench");
  const binary = join(folder, basename(source, ".c"));
  mkdirSync(folder, { recursive: true });
  // Under another name first: the binary may be running in another terminal.
  const fresh = `${binary}.${process.pid}`;
  const words = ["-O2", "-Wall", "-Wextra", "-o", fresh, join(root, source)];
  const { status, stderr } = spawnSync("gcc", words, { encoding: "utf8" });
  if (status !== 0) throw new Misunderstanding(`gcc did not compile ${source}:\n${stderr}`);
  renameSync(fresh, binary);
  return binary;
}

/** A program that has said its first line, and runs on until its scope ends. */
export class Running implements AsyncDisposable {
  readonly #child: ChildProcess;
  /** the first line that it printed */
  readonly line: string;

  private constructor(child: ChildProcess, line: string) {
    this.#child = child;
    this.line = line;
  }

  /**
   * Starts a program and waits for its first line.
   *
   * @throws {Error} When it has not printed one within `withinMs`, or has ended before
   */
  static async start({ command, args }: Run, withinMs: number): Promise<Running> {
    const env = { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
    const child = spawn(command, args, { stdio: "pipe", env });
    running.add(child);
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text) => complaint += text);
    const ended = once(child, "close");
    const timer = setTimeout(() => {
      complaint ||= `It said nothing for ${withinMs / 1000} s`;
      child.kill("SIGKILL");
    }, withinMs);
    for await (const line of createInterface({ input: child.stdout })) {
      clearTimeout(timer);
      child.stdout.resume();
      return new Running(child, line);
    }
    await ended;
    clearTimeout(timer);
    running.delete(child);
    // Of a stack trace the line that says what was thrown.
    const lines = complaint.trim().split("\n");
    throw new Error(lines.find((line) => /Error\b.*:/.test(line)) || lines[0] || "It ended");
  }

  /** What it has of the machine's memory, in bytes. */
  get residentBytes(): number {
    return residentBytes(this.#child.pid!);
  }

  /** How long its threads have been on a CPU, in us. */
  get cpuUs(): number {
    const threads = `/proc/${this.#child.pid}/task`;
    return readdirSync(threads).reduce((sum, thread) => {
      const [ns] = readFileSync(`${threads}/${thread}/schedstat`, "utf8").split(" ");
      return sum + Number(ns) / 1000;
    }, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    running.delete(this.#child);
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }
}
