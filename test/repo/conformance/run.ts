/**
 * Runs scenarios: with CPython, with this library on this runtime, and with a mutant of it.
 *
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { root } from "../../../course/disk.ts";
import { here } from "../../../course/runtimes.ts";
import { bound } from "#support/deadline.ts";
import { missingTool } from "#support/tool.ts";
import { type MutantName, mutants } from "./mutants.ts";
import { steps } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";

/** What came of the steps of each scenario. */
export type Outcomes = Map<string, string[]>;

/** How long one scenario takes at most, on an idle machine, in ms. */
const limitMs = 10_000;

const script = (name: string) => join(root, "test/repo/conformance", name);

/** Why scenarios cannot be compared here; empty when they can. */
export function missing(): string {
  if (process.platform !== "linux") return "the scenarios are of Linux";
  if (missingTool("python3")) return missingTool("python3");
  const minor = Number(/^Python 3\.(\d+)/.exec(pythonVersion())?.[1]);
  return minor >= 11 ? "" : `python3 is ${pythonVersion()}, and 3.11 is needed`;
}

/** `"Python 3.11.7"`. */
export function pythonVersion(): string {
  return spawnSync("python3", ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "";
}

/** Runs all scenarios with Python's own modules. */
export async function playPython(): Promise<Outcomes> {
  const input = scenarios.map((it) => ({ name: it.name, steps: steps(it) }));
  return await play("python3", (folder) => ["-B", script("interpreter.py"), folder], input);
}

/** Runs all scenarios with this library. */
export async function playOurs(): Promise<Outcomes> {
  return await playLibrary(join(root, "berkeley"));
}

/** Runs the scenarios that have a mutant to tell apart, with that mutant. */
export async function playMutant(name: MutantName): Promise<Outcomes> {
  // Within the course, so that koffi is found.
  mkdirSync(join(root, ".course"), { recursive: true });
  const folder = mkdtempSync(join(root, ".course/mutant-"));
  try {
    cpSync(join(root, "berkeley"), folder, { recursive: true });
    const { file, was, becomes } = mutants[name];
    const parts = readFileSync(join(folder, file), "utf8").split(was);
    if (parts.length !== 2) {
      throw new Error(`"${name}": berkeley/${file} has ${parts.length - 1} times: ${was}`);
    }
    writeFileSync(join(folder, file), parts.join(becomes));
    return await playLibrary(folder, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playLibrary(library: string, mutant = ""): Promise<Outcomes> {
  const flags = here === "deno" ? ["run", "--quiet", "--allow-ffi", "--allow-read"] : [];
  return await play(
    process.execPath,
    (folder) => [...flags, script("interpreter.ts"), library, folder, mutant],
  );
}

async function play(
  command: string,
  args: (folder: string) => string[],
  input?: unknown,
): Promise<Outcomes> {
  // A Unix socket's path has 107 bytes at most.
  const folder = mkdtempSync(join(tmpdir(), "conformance-"));
  const env = { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" };
  const child = spawn(command, args(folder), { stdio: ["pipe", "pipe", "pipe"], env });
  child.stdin.on("error", () => {});
  child.stdin.end(input === undefined ? "" : JSON.stringify(input));
  try {
    return await listen(child);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// A call that waits cannot be ended by the program that makes it.
async function listen(child: ChildProcess): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  let stderr = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => stderr += text);
  const limit = bound(limitMs);
  const timer = setTimeout(() => child.kill("SIGKILL"), limit);
  createInterface(child.stdout!).on("line", (line) => {
    timer.refresh();
    const { name, outcomes: came } = JSON.parse(line);
    outcomes.set(name, came);
  });
  const [code, signal] = await once(child, "close");
  clearTimeout(timer);
  if (code === 0) return outcomes;
  const last = [...outcomes.keys()].at(-1);
  const how = signal === "SIGKILL" ? `it was not done within ${limit} ms` : `it ended with ${code}`;
  throw new Error(`${child.spawnfile}, after "${last}": ${how}\n${stderr}`);
}
