/**
 * What the learner has done, in one small file that is written whole or not at all.
 *
 * @module
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "./disk.ts";

/** What is kept of one exercise. */
export interface Trace {
  /** the day on which it first passed, `"2026-01-31"` */
  solved?: string;
  /** what the last verdict found */
  diagnosis?: string;
  /** how many hints on that were shown */
  hints?: number;
  /** whether the solution was asked for before it was solved */
  asked?: boolean;
}

/** What is kept of all: traces by exercise key, and the exercise at hand. */
export interface Progress {
  current?: string;
  exercises: Record<string, Trace>;
}

const folder = join(root, ".course");
const file = join(folder, "progress.json");

/** Reads the progress; an unreadable file is set aside, and all begins anew. */
export function loadProgress(): Progress {
  if (!existsSync(file)) return { exercises: {} };
  try {
    const progress = JSON.parse(readFileSync(file, "utf8")) as Progress;
    if (typeof progress.exercises !== "object" || progress.exercises === null) throw new Error();
    return progress;
  } catch {
    renameSync(file, `${file}.unreadable-${Date.now()}`);
    return { exercises: {} };
  }
}

/** Changes what is kept of one exercise, and makes it the one at hand. */
export function remember(key: string, trace: Trace): void {
  const progress = loadProgress();
  progress.current = key;
  progress.exercises[key] = { ...progress.exercises[key], ...trace };
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(progress, null, 2)}\n`);
  renameSync(draft, file);
}
