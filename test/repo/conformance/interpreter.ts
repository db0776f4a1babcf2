/**
 * Runs scenarios with a berkeley library: this one, or a mutant of it.
 *
 *     node test/repo/conformance/interpreter.ts LIBRARY FOLDER [NAME]
 *     deno run --allow-ffi --allow-read test/repo/conformance/interpreter.ts LIBRARY FOLDER [NAME]
 *
 * Runs the scenarios that have the mutant NAME to tell apart; without a name, all. For each one line
 * of JSON is printed: the outcomes of its steps, in the words that interpreter.py has for them.
 * FOLDER is for the paths of Unix sockets.
 *
 * @module
 */
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { MutantName } from "./mutants.ts";
import { type Scenario, steps } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";
import * as waits from "./waits.ts";
import { ours, type Thing, Unready } from "./waits.ts";
import { say, sayError, Word } from "./words.ts";

const [library = "", folder = "", mutant] = process.argv.slice(2);

const { pid } = process;
const host = [127, 64 + (pid >> 16 & 63), pid >> 8 & 255, pid & 255].join(".");

/** The names that every step knows. */
const known: Record<string, unknown> = {
  ...await load("socket"),
  ...await load("selectors"),
  ...await load("select"),
  ...await load("struct"),
  ...waits,
  size: (it: { length?: number; size?: number }) => it.length ?? it.size,
  now: () => performance.now() / 1000,
  text: (it: string) => new TextEncoder().encode(it),
  hexed: (it: string) => Uint8Array.from(it.match(/../g) ?? [], (byte) => parseInt(byte, 16)),
  zeros: (count: number) => new Uint8Array(count),
  room: (count: number) => new Uint8Array(count),
  whole: BigInt,
  host,
  path: (name: string) => `${folder}/${name}`,
  abstract: (name: string) => `\0${folder}/${name}`,
};

/** What a module of the library exports; Python makes an object by calling its class. */
async function load(module: string): Promise<Record<string, unknown>> {
  const exports = await import(pathToFileURL(`${library}/${module}.ts`).href);
  return Object.fromEntries(
    Object.entries(exports as Record<string, new () => unknown>)
      .map(([name, it]) => [name, name.endsWith("Selector") ? () => new it() : it]),
  );
}

/** The variables of a scenario, and what is named after them. */
class Stage {
  #own: Record<string, unknown> = {};
  #ports = new Map<number, string>();
  #descriptors = new Map<number, string>();

  /** Takes one step, and says what came of it. */
  play(step: string): string {
    const [, name, code] = /^(?:(\w+) = )?(.*)$/.exec(step)!;
    const all = { ...known, ...this.#own, by_name: this.#byName };
    const program = new Function(...Object.keys(all), `"use strict"; return (${code});`);
    try {
      const value = program(...Object.values(all));
      if (name === undefined) return say(value, this.#known);
      this.#own[name] = value;
      return "done";
    } catch (error) {
      if (error instanceof Unready) throw error;
      return sayError(error as Error);
    } finally {
      this.#note();
    }
  }

  // Ports and descriptors are named after the first variable that has them.
  #note(): void {
    for (const [name, it] of Object.entries(this.#own)) {
      if (!isSocket(it) || it.fileno() < 0) continue;
      this.#descriptors.set(it.fileno(), name);
      const port = ours(it).getsockname()[1];
      if (typeof port === "number" && port && !this.#ports.has(port)) this.#ports.set(port, name);
    }
  }

  /** What stands for a value: a Word for a socket, and for the port in an address. */
  #known = (value: unknown): unknown => {
    if (isSocket(value)) {
      const name = Object.keys(this.#own).find((it) => this.#own[it] === value);
      return new Word(name ? `socket ${name}` : "a socket");
    }
    if (typeof value === "string") {
      return value.replaceAll(folder, "FOLDER").replaceAll(host, "HOST");
    }
    if (!Array.isArray(value) || typeof value[0] !== "string") return value;
    const name = this.#ports.get(value[1]);
    return name ? [value[0], new Word(`port of ${name}`), ...value.slice(2)] : value;
  };

  /** Pairs of descriptor and events, with the socket's name for the descriptor, in order. */
  #byName = (found: [number, number][]): unknown =>
    found.map(([fd, events]) => [new Word(this.#descriptors.get(fd) ?? fd), events])
      .sort(([a], [b]) => String(a) < String(b) ? -1 : 1);

  /** Closes all that is open. */
  close(): void {
    for (const it of Object.values(this.#own)) (it as Partial<Thing> | null)?.close?.();
  }
}

function isSocket(value: unknown): value is Thing {
  return typeof (value as Thing | null)?.fileno === "function" && "family" in (value as Thing);
}

function outcomesOf(scenario: Scenario): string[] {
  const stage = new Stage();
  const outcomes: string[] = [];
  try {
    for (const step of steps(scenario)) outcomes.push(stage.play(step));
  } catch (error) {
    outcomes.push((error as Error).message);
  }
  stage.close();
  return outcomes;
}

const isWanted = ({ tells }: Scenario) => !mutant || tells.includes(mutant as MutantName);
for (const scenario of scenarios.filter(isWanted)) {
  console.log(JSON.stringify({ name: scenario.name, outcomes: outcomesOf(scenario) }));
}
