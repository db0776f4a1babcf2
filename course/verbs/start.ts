/** @module */
import { spawnSync } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { type Exercise, exercises, lessons, root } from "../disk.ts";
import { judge } from "../outcome.ts";
import { call } from "../runtimes.ts";
import { verdictLines } from "../screen.ts";
import { chooseRuntimes, current } from "../words.ts";
import { isThere, note } from "./check.ts";
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
  const path = pathLine();
  if (path) console.log(`${path}\n`);
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

// A lesson's `node examples/...` meets the shell's own Node, not the one that npm has put first.
function pathLine(): string {
  const local = join(root, "node_modules", ".bin");
  const folders = (process.env.PATH ?? "").split(delimiter)
    .filter((folder) => !folder.includes("node_modules") && !folder.includes("node-gyp-bin"));
  const own = folders.map((folder) => join(folder, "node")).find(existsSync);
  if (!own) return `No node in your shell: type the lessons' "deno run" lines, or ${call} run.`;
  const version = spawnSync(own, ["--version"], { encoding: "utf8" }).stdout.trim();
  if (Number(/\d+/.exec(version)?.[0]) >= 24) return "";
  if (!existsSync(join(local, "node"))) {
    return `Your shell's node is ${version}, too old for the lessons' lines. Type ${call} run instead.`;
  }
  return `Your shell's node is ${version}. For the lessons' lines, type once in each terminal:\n` +
    `  export PATH="${local}:$PATH"`;
}

async function show(exercise: Exercise, words: string[]): Promise<number> {
  if (!isThere(exercise)) return 2;
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
    if (!saved) return;
    next = saved;
    clearTimeout(timer);
    timer = setTimeout(judgeNext, settleMs);
  });
  return await new Promise<never>(() => {});
}
