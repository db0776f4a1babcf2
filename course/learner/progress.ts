/**
 * What the learner has done, in one small file that is written whole or not at all.
 *
 * @module
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { root } from "../disk.ts";
import { call } from "../runtimes.ts";

/** What is kept of one exercise. */
export interface Trace {
  /** the day on which it first passed, `"2026-01-31"` */
  solved?: string;
  /** what the last verdict found, and in which test */
  diagnosis?: string;
  test?: string;
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
    const { exercises } = progress;
    if (typeof exercises !== "object" || exercises === null) throw new Error("It has no exercises");
    return progress;
  } catch {
    setAside();
    return { exercises: {} };
  }
}

function setAside(): void {
  const aside = `progress.json.unreadable-${Date.now()}`;
  if (!written(() => renameSync(file, join(folder, aside)))) return;
  console.error(
    `Your progress could not be read, and was set aside as .course/${aside}.\n` +
      `To find out again what you have solved: ${call} check all\n`,
  );
}

/**
 * Changes what is kept of one exercise.
 *
 * @param atHand Whether it becomes the exercise at hand
 */
export function remember(key: string, trace: Trace, atHand = true): void {
  const progress = loadProgress();
  if (atHand) progress.current = key;
  progress.exercises[key] = { ...progress.exercises[key], ...trace };
  const draft = `${file}.${process.pid}`;
  written(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, `${JSON.stringify(progress, null, 2)}\n`);
    renameSync(draft, file);
  });
}

// A verdict is worth having where it cannot be kept, too.
function written(write: () => void): boolean {
  try {
    write();
    return true;
  } catch (error) {
    console.error(`Your progress cannot be kept in .course/: ${(error as Error).message}\n`);
    return false;
  }
}
