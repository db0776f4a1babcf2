/** @module */
import { answers } from "../answers/answers.ts";
import { read } from "../disk.ts";
import { loadProgress, remember } from "../learner/progress.ts";
import { call } from "../runtimes.ts";
import { chooseExercise } from "../learner/words.ts";

export const usage = "solution [02/1]";
export const summary =
  "a solution and other right answers, once yours passes or when you ask twice";

/** Prints the solution, or asks whether it is really wanted. */
export function run(words: string[]): Promise<number> {
  const { key, id } = chooseExercise(words);
  const { solved, asked } = loadProgress().exercises[key] ?? {};
  if (!solved && !asked) {
    remember(key, { asked: true });
    console.log(
      `${id} is not solved yet. A hint: ${call} hint ${id}\n` +
        `If you want to see the solution all the same, ask again: ${call} solution ${id}`,
    );
    return Promise.resolve(1);
  }
  const text = read(`solutions/${key}.ts`).replace(/^[ \t]*\/\/ #(?:end)?region\b.*\n/gm, "");
  console.log(`solutions/${key}.ts\n\n${text}\nOther ways that are right:`);
  for (const { file, what } of answers(key, "right")) console.log(`  ${file}\n      ${what}`);
  return Promise.resolve(0);
}
