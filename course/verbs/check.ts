/** @module */
import process from "node:process";
import { type Exercise, exists } from "../disk.ts";
import { judge, type Outcome } from "../judge/outcome.ts";
import { loadProgress, remember } from "../learner/progress.ts";
import { call } from "../runtimes.ts";
import { verdictLines } from "../learner/screen.ts";
import { chooseExercises, chooseRuntimes } from "../learner/words.ts";

export const usage = "check [02 | 02/1 | all] [node | deno | both] [json] [seed=7]";
export const summary = "judges your exercise and says what is still wrong";

/** 0 when all passed, 1 when one failed, 2 when one could not be judged. */
export async function run(words: string[]): Promise<number> {
  const runtimes = chooseRuntimes(words);
  const chosen = chooseExercises(words);
  const json = words.includes("json");
  // Random inputs of the tests, again: see test/support/seed.ts.
  const seed = words.find((word) => word.startsWith("seed="))?.slice("seed=".length);
  if (seed) process.env.COURSE_SEED = seed;
  const outcomes: Outcome[] = [];
  let missing = false;
  for (const exercise of chosen) {
    if (!isThere(exercise)) {
      missing = true;
      continue;
    }
    for (const runtime of runtimes) {
      const outcome = await judge(exercise, runtime);
      note(exercise, outcome, chosen.length === 1);
      if (!json) console.log(`${outcomes.length > 0 ? "\n" : ""}${verdict(exercise, outcome)}`);
      outcomes.push(outcome);
    }
  }
  if (json) console.log(JSON.stringify(outcomes, null, 2));
  if (missing || outcomes.some((it) => it.verdict === "unjudged")) return 2;
  return outcomes.every((it) => it.verdict === "passed") ? 0 : 1;
}

const verdict = (exercise: Exercise, outcome: Outcome) =>
  verdictLines(exercise, outcome).join("\n");

/**
 * Keeps what a verdict found, so that `hint` and `list` know it.
 *
 * @param atHand Whether the exercise becomes the one at hand
 */
export function note({ key }: Exercise, outcome: Outcome, atHand = true): void {
  const { verdict, diagnosis = "", test = "" } = outcome;
  const before = loadProgress().exercises[key];
  if (verdict === "passed") {
    const solved = before?.solved ?? new Date().toISOString().slice(0, 10);
    remember(key, { solved, diagnosis: "", hints: 0 }, atHand);
  } else if (verdict === "failed") {
    // What helps in one stage may be the answer to another.
    const isSame = before?.diagnosis === diagnosis && (before.test ?? test) === test;
    remember(key, { diagnosis, test, hints: isSame ? before.hints ?? 0 : 0 }, atHand);
  }
}

/** Whether the learner's file is there; says how to get it back when it is not. */
export function isThere({ key, id }: Exercise): boolean {
  if (exists(`exercises/${key}.ts`)) return true;
  console.error(`exercises/${key}.ts is missing. To get its stub back: ${call} reset ${id}`);
  return false;
}
