/**
 * Runs scenarios with a berkeley library: this one, or a mutant of it.
 *
 *     node test/repo/conformance/interpreter.ts LIBRARY FOLDER [NAME ...]
 *     deno run --allow-ffi --allow-read test/repo/conformance/interpreter.ts LIBRARY FOLDER [NAME ...]
 *
 * Runs the scenarios that have the mutant NAME to tell apart, all when no name is given. For each
 * one line of JSON is printed: the outcomes of its steps, in the words that interpreter.py has for
 * them. FOLDER is for the paths of Unix sockets.
 *
 * @module
 */
import { createHash } from "node:crypto";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { poll, POLLIN, POLLOUT } from "#berkeley/select.ts";
import { MSG_DONTWAIT, MSG_PEEK, Socket } from "#berkeley/socket.ts";
import { type Scenario, steps } from "./scenario.ts";
import { scenarios } from "./scenarios.ts";

const [library = "", folder = "", ...mutants] = process.argv.slice(2);

/** The library that is tried; what a scenario waits by, and what names its ports, is always ours. */
const tried: Record<string, unknown> = {};
for (const module of ["socket", "selectors", "select", "struct"]) {
  Object.assign(tried, await import(pathToFileURL(`${library}/${module}.ts`).href));
}

// Python makes an object by calling its class.
for (const [name, it] of Object.entries(tried)) {
  if (name.endsWith("Selector")) tried[name] = () => new (it as new () => unknown)();
}

/** What can be told of a value without knowing its class, which is another in each library. */
type Thing = Record<string, unknown> & { fileno(): number; family: number; close(): void };

/** The names that a scenario's steps know, and the words for what comes of them. */
class Stage {
  #own: Record<string, unknown> = {};
  #ports = new Map<number, string>();
  #descriptors = new Map<number, string>();

  #helpers = {
    text: (it: string) => new TextEncoder().encode(it),
    hexed: (it: string) => new Uint8Array(Buffer.from(it, "hex")),
    zeros: (count: number) => new Uint8Array(count),
    room: (count: number) => new Uint8Array(count),
    whole: (digits: string) => BigInt(digits),
    size: (it: { length?: number; size?: number }) => it.length ?? it.size,
    now: () => performance.now() / 1000,
    readable: (it: Thing) => wait(it, POLLIN),
    writable: (it: Thing) => wait(it, POLLOUT),
    broken: (it: Thing) => wait(it, 0),
    arrived,
    fill,
    drain,
    by_name: (found: [number, number][]) =>
      found.map(([fd, events]) => [new Word(this.#descriptors.get(fd) ?? String(fd)), events])
        .sort(([a], [b]) => String(a) < String(b) ? -1 : 1),
    path: (name: string) => `${folder}/${name}`,
    abstract: (name: string) => `\0${folder}/${name}`,
  };

  /** Takes one step, and says what came of it. */
  play(step: string): string {
    const [, name, code] = /^(?:(\w+) = )?(.*)$/.exec(step)!;
    const known = { ...tried, ...this.#helpers, ...this.#own };
    const program = new Function(...Object.keys(known), `"use strict"; return (${code});`);
    try {
      const value = program(...Object.values(known));
      if (name === undefined) return this.#say(value);
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
      const port = new Socket(it.fileno(), it.family, 0).getsockname()[1];
      if (typeof port === "number" && port && !this.#ports.has(port)) this.#ports.set(port, name);
    }
  }

  #say(value: unknown): string {
    if (value === undefined || value === null) return "nothing";
    if (typeof value === "string") return JSON.stringify(value.replaceAll(folder, "FOLDER"));
    if (value === Infinity) return "inf";
    if (typeof value !== "object" || value instanceof Word) return String(value);
    if (value instanceof Uint8Array) return sayBytes(value);
    if (Array.isArray(value)) {
      return `[${this.#address(value).map((it) => this.#say(it)).join(", ")}]`;
    }
    if (isSocket(value)) {
      const name = Object.keys(this.#own).find((it) => this.#own[it] === value);
      return name ? `socket ${name}` : "a socket";
    }
    if ("fileobj" in value) return this.#sayKey(value as Record<string, unknown>);
    return "an object";
  }

  #sayKey({ fileobj, fd, events, data }: Record<string, unknown>): string {
    const isRight = [fd, -1].includes((fileobj as Thing).fileno());
    return `${isRight ? "key" : `key of descriptor ${fd}`} ${this.#say([fileobj, events, data])}`;
  }

  // Text and a number are an address, and its port is said by its socket's name.
  #address(value: unknown[]): unknown[] {
    const name = typeof value[0] === "string" && this.#ports.get(value[1] as number);
    return name ? [value[0], new Word(`port of ${name}`), ...value.slice(2)] : value;
  }

  /** Closes all that is open. */
  close(): void {
    for (const it of Object.values(this.#own)) (it as Partial<Thing> | null)?.close?.();
  }
}

/** Text that is said without quotes. */
class Word extends String {}

function isSocket(value: unknown): value is Thing {
  return typeof (value as Thing | null)?.fileno === "function" && "family" in (value as Thing);
}

function sayBytes(bytes: Uint8Array): string {
  if (bytes.length > 24) {
    const digest = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
    return `${bytes.length} bytes, SHA-256 ${digest}`;
  }
  if (bytes.length === 0) return "no bytes";
  const printable = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (printable) return `bytes ${JSON.stringify(String.fromCharCode(...bytes))}`;
  return `bytes ${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ")}`;
}

/** An error in words: its class, and the system's number and name where it has them. */
function sayError(error: Error & { errno?: number; code?: string }): string {
  if (error instanceof AggregateError) {
    return `AggregateError [${error.errors.map(sayError).join(", ")}]`;
  }
  return error.errno === undefined ? error.name : `${error.name} ${error.errno} ${error.code}`;
}

function isReady(it: Thing, events: number, ms: number): boolean {
  const waiting = poll();
  waiting.register(it.fileno(), events);
  return waiting.poll(ms).length > 0;
}

/** What a scenario waits for has not come: it goes no further. */
class Unready extends Error {}

function wait(it: Thing, events: number): void {
  if (!isReady(it, events, 2000)) throw new Unready(`not ready for ${events} within 2 s`);
}

const ours = (it: Thing) => new Socket(it.fileno(), it.family, 0);

function arrived(it: Thing, count: number): void {
  while (ours(it).recv(count, MSG_PEEK).length < count);
}

function fill(it: Thing): void {
  const bytes = new Uint8Array(4096);
  for (;;) {
    try {
      ours(it).send(bytes, MSG_DONTWAIT);
    } catch {
      if (!isReady(it, POLLOUT, 20)) return;
    }
  }
}

function drain(it: Thing): number {
  for (let count = 0;;) {
    const { length } = ours(it).recv(65536);
    if (length === 0) return count;
    count += length;
  }
}

const wanted = scenarios.filter(({ tells }) =>
  mutants.length === 0 || tells.some((name) => mutants.includes(name))
);
for (const scenario of wanted) {
  const outcomes = outcomesOf(scenario);
  console.log(JSON.stringify({ name: scenario.name, outcomes }));
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
