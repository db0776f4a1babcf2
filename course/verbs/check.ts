/** @module */
import { exists } from "../disk.ts";
import { judge, type Outcome } from "../outcome.ts";
import { remember } from "../progress.ts";
import { verdictLines } from "../screen.ts";
import { chooseExercises, chooseRuntimes, Misunderstanding } from "../words.ts";
import type { Exercise } from "../disk.ts";

export const usage = "check [02 | 02/1 | all] [node | deno | both] [json]";
export const summary = "judges your exercise and says what is still wrong";

/** 0 when all passed, 1 when one failed, 2 when one could not be judged. */
export async function run(words: string[]): Promise<number> {
  const runtimes = chooseRuntimes(words);
  const outcomes: Outcome[] = [];
  for (const exercise of chooseExercises(words)) {
    requireFile(exercise);
    for (const runtime of runtimes) {
      const outcome = await judge(exercise, runtime);
      note(exercise, outcome);
      outcomes.push(outcome);
      if (!words.includes("json")) console.log(verdictLines(exercise, outcome).join("\n"));
    }
  }
  if (words.includes("json")) console.log(JSON.stringify(outcomes, null, 2));
  if (outcomes.some((it) => it.verdict === "unjudged")) return 2;
  return outcomes.every((it) => it.verdict === "passed") ? 0 : 1;
}

/** Keeps what a verdict found, so that `hint` and `list` know it. */
export function note(exercise: Exercise, outcome: Outcome): void {
  if (outcome.verdict === "passed") {
    remember(exercise.key, {
      solved: new Date().toISOString().slice(0, 10),
      diagnosis: "",
      hints: 0,
    });
  } else if (outcome.verdict === "failed") {
    remember(exercise.key, { diagnosis: outcome.diagnosis ?? "", hints: 0 });
  }
}

function requireFile(exercise: Exercise): void {
  if (exists(`exercises/${exercise.key}.ts`)) return;
  throw new Misunderstanding(
    `exercises/${exercise.key}.ts is missing. To get its stub back: reset ${exercise.id}`,
  );
}
