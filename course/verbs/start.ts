/** @module */
import { watch } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { type Exercise, exercises, exists, lessons, root } from "../disk.ts";
import { judge } from "../outcome.ts";
import { verdictLines } from "../screen.ts";
import { call, chooseRuntimes, current } from "../words.ts";
import { note } from "./check.ts";
import { mapLines } from "./list.ts";

export const usage = "start [node | deno]";
export const summary = "the map, the exercise at hand, and a verdict after every save";

/** Prints where the learner is; in a terminal it then watches until Ctrl-C. */
export async function run(words: string[]): Promise<number> {
  console.log(`${mapLines().join("\n")}\n`);
  const exercise = current();
  if (!exercise) {
    console.log("There are no exercises yet.");
    return 0;
  }
  console.log(whatToDo(exercise).join("\n"));
  const code = await show(exercise, words);
  if (!process.stdout.isTTY) return code;
  await watchSaves((saved) => show(saved, words));
  return 0;
}

function whatToDo({ lesson, key }: Exercise): string[] {
  const text = lessons().find((it) => it.slug === lesson);
  return [
    ...(text ? [`Read  ${text.file}`] : []),
    `Edit  exercises/${key}.ts`,
    "",
  ];
}

async function show(exercise: Exercise, words: string[]): Promise<number> {
  const [runtime] = chooseRuntimes(words);
  const outcome = await judge(exercise, runtime!);
  note(exercise, outcome);
  console.log(verdictLines(exercise, outcome).join("\n"));
  return { passed: 0, failed: 1, unjudged: 2 }[outcome.verdict];
}

// Editors save in several steps: the last of a burst of events counts.
async function watchSaves(onSave: (exercise: Exercise) => Promise<unknown>): Promise<never> {
  console.log(`\nSave an exercise, and it is judged. Hints: ${call} hint. Ctrl-C ends this.`);
  const settleMs = 60;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next: Exercise | undefined;
  let busy = false;
  const judgeNext = async () => {
    if (busy || !next) return;
    busy = true;
    const exercise = next;
    next = undefined;
    console.log("");
    await onSave(exercise);
    busy = false;
    void judgeNext();
  };
  watch(join(root, "exercises"), { recursive: true }, (_event, name) => {
    const key = name?.replaceAll("\\", "/").replace(/\.ts$/, "");
    const saved = exercises().find((it) => it.key === key);
    if (!saved || !exists(`exercises/${saved.key}.ts`)) return;
    next = saved;
    clearTimeout(timer);
    timer = setTimeout(judgeNext, settleMs);
  });
  return await new Promise<never>(() => {});
}
