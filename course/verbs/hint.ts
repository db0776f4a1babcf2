/** @module */
import { hintsFor } from "../answers/hints.ts";
import { loadProgress, remember } from "../learner/progress.ts";
import { call } from "../runtimes.ts";
import { wrap } from "../learner/screen.ts";
import { chooseExercise } from "../learner/words.ts";

export const usage = "hint [02/1]";
export const summary =
  "one hint more on what the last check found: a question, an idea, an outline";

/** Prints the next hint, and those before it. */
export function run(words: string[]): Promise<number> {
  const { key, id } = chooseExercise(words);
  const { diagnosis = "not-written", hints = 0 } = loadProgress().exercises[key] ?? {};
  const found = hintsFor(key, diagnosis);
  if (!found) {
    console.log(`There are no hints on ${id}.`);
    return Promise.resolve(0);
  }
  const shown = Math.min(hints + 1, found.levels.length);
  remember(key, { hints: shown });
  found.levels.slice(0, shown).forEach((text, i) => {
    console.log(wrap(`${i + 1}. ${text}`).join("\n"));
  });
  if (found.section && shown > 1) console.log(`Read: ${found.section}`);
  const more = found.levels.length - shown;
  console.log(more > 0 ? `More: ${call} hint ${id}` : `Then: ${call} check ${id}`);
  return Promise.resolve(0);
}
