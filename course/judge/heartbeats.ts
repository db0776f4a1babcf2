/**
 * Watches the processes in which answers run: whether their event loops turn, and how they end.
 *
 * Each worker writes a file `beat-PID` four times a second, with the slot and the test file that it
 * works on; see test/support/setup.ts.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { loadFactor } from "../../test/support/deadline.ts";
import { awakeMs, hasProc } from "../../test/support/usage.ts";

/** One answer's test file. */
export interface Workplace {
  slot: string;
  file: string;
}

/** Where an answer kept its process from going on. */
export interface Hang extends Workplace {
  /** its process */
  pid: number;
  /** its event loop turned, but an await outside of all functions kept the file from being loaded */
  loading: boolean;
  /** it did not compute, it waited in a call of the system; never seen where there is no /proc */
  waits: boolean;
}

/** How long an event loop may stand still on an idle machine, in ms. */
const standstillMs = 2500;

/** How long a file may take to load on an idle machine, in ms. */
const loadMs = 4000;

/** The heartbeats in one folder. */
export class Heartbeats {
  readonly #folder: string;
  readonly #since = new Map<string, number>();
  /** how long each process had been awake when it was last looked at */
  readonly #awake = new Map<number, { at: number; ms: number }>();

  /** @param folder Where the workers write */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Answers that will not come to their end by themselves.
   *
   * @param stageOf How far the judge is with a file
   */
  hangs(stageOf: (place: Workplace) => "loading" | "running" | "over"): Hang[] {
    const load = loadFactor();
    const now = Date.now();
    return this.#beats().flatMap(({ pid, place, last }) => {
      const stage = stageOf(place);
      // A process that has ended leaves its file, and its number may be someone else's by now.
      if (stage === "over" || !isAlive(pid)) return [];
      const worker = `${pid} ${keyOf(place)}`;
      if (!this.#since.has(worker)) this.#since.set(worker, now);
      const standsStill = now - last > standstillMs * load;
      const loadsLong = stage === "loading" && now - this.#since.get(worker)! > loadMs * load;
      const waits = this.#sleeps(pid, now);
      return standsStill || loadsLong ? [{ ...place, pid, loading: !standsStill, waits }] : [];
    });
  }

  // Whether it did nothing since it was last looked at; a look at one moment may meet a pause.
  #sleeps(pid: number, now: number): boolean {
    if (!hasProc || !isAlive(pid)) return false;
    const before = this.#awake.get(pid) ?? { at: now, ms: 0 };
    const ms = awakeMs(pid);
    this.#awake.set(pid, { at: now, ms });
    return ms - before.ms < (now - before.at) / 4;
  }

  /** Everything that was worked on. */
  places(): Workplace[] {
    return this.#beats().map(({ place }) => place);
  }

  #beats(): { pid: number; place: Workplace; last: number }[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder).filter((name) => name.startsWith("beat-")).flatMap((name) => {
      const path = join(this.#folder, name);
      // A file that is just being written is empty.
      const text = readFileSync(path, "utf8");
      if (!text) return [];
      const place = JSON.parse(text) as Workplace;
      return [{ pid: Number(name.slice("beat-".length)), place, last: statSync(path).mtimeMs }];
    });
  }
}

/** One name for an answer's test file. */
export function keyOf({ slot, file }: Workplace): string {
  return `${slot} ${file}`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
