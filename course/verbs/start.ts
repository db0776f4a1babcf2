/** @module */
import { spawnSync } from "node:child_process";
import { existsSync, watch } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import process from "node:process";
import { type Exercise, exercises, lessons, root } from "../disk.ts";
import { judge } from "../judge/outcome.ts";
import { call, findRuntime, type Runtime } from "../runtimes.ts";
import { LocalSite } from "../learner/open.ts";
import { verdictLines } from "../learner/screen.ts";
import { chooseRuntimes, current } from "../learner/words.ts";
import { isThere, note } from "./check.ts";
import { mapLines } from "./list.ts";

export const usage = "start [node | deno]";
export const summary = "the map, the exercise at hand, and a verdict after every save";

/** Prints where the learner is; in a terminal it then watches until Ctrl-C. */
export async function run(words: string[]): Promise<number> {
  const [runtime] = chooseRuntimes(words);
  console.log(`${mapLines().join("\n")}\n`);
  const exercise = current();
  if (!exercise) {
    console.log("There are no exercises yet.");
    return 0;
  }
  console.log(whatToDo(exercise).join("\n"));
  const path = pathLine();
  if (path) console.log(`${path}\n`);
  if (!process.stdout.isTTY) return await show(exercise, runtime!);
  return await watchSaves(exercise, (saved) => show(saved, runtime!));
}

function whatToDo({ lesson, key }: Exercise): string[] {
  const text = lessons().find((it) => it.slug === lesson);
  return [
    ...(text ? [`Read  ${text.file}`] : []),
    `Edit  exercises/${key}.ts`,
    "",
  ];
}

// A lesson's `node` and `deno` lines meet the shell's own, not those that npm has put first.
function pathLine(): string {
  const [node, deno] = [ownVersion("node"), ownVersion("deno")];
  const nodeIsOld = !/^v(?:2[4-9]|[3-9]\d)\./.test(node);
  const missing = [
    ...(nodeIsOld ? [join(root, "node_modules/.bin/node")] : []),
    ...(deno ? [] : [findRuntime("deno")?.binary ?? ""]),
  ].filter((binary) => binary.startsWith(root) && existsSync(binary)).map(dirname);
  if (missing.length > 0) {
    return "For the lessons' lines, type this once in each terminal:\n" +
      `  export PATH="${missing.join(delimiter)}${delimiter}$PATH"`;
  }
  if (!nodeIsOld) return "";
  return "There is no Node 24 in your shell: where a lesson says `node`, type " +
    "`deno run --allow-net=127.0.0.1`";
}

/** What the shell's own runtime says of its version; empty when there is none. */
function ownVersion(name: string): string {
  const own = (process.env.PATH ?? "").split(delimiter)
    .filter((folder) => !folder.includes("node_modules") && !folder.includes("node-gyp-bin"))
    .map((folder) => join(folder, name)).find(existsSync);
  return own ? spawnSync(own, ["--version"], { encoding: "utf8" }).stdout.trim() : "";
}

/** Back to the start of the line, and clear it: ECMA-48, CR and EL. */
const eraseLine = "\r\x1b[2K";

async function show(exercise: Exercise, runtime: Runtime): Promise<number> {
  if (!isThere(exercise)) return 2;
  const { isTTY } = process.stdout;
  if (isTTY) process.stdout.write(`${exercise.id} ${exercise.name}: checking...`);
  const outcome = await judge(exercise, runtime);
  if (isTTY) process.stdout.write(eraseLine);
  note(exercise, outcome);
  console.log(verdictLines(exercise, outcome).join("\n"));
  return { passed: 0, failed: 1, unjudged: 2 }[outcome.verdict];
}

/** How long after a save no other may come for it to count, in ms: editors save in several steps. */
const settleMs = 60;

/** What the keys do while saves are watched. */
function listenToKeys(current: () => Exercise): Disposable {
  const { stdin } = process;
  const site = new LocalSite();
  const end = () => {
    site.close();
    // As Ctrl-C would, had the terminal not been told to leave the keys to us.
    process.kill(process.pid, "SIGINT");
  };
  const onKey = async (key: Uint8Array) => {
    const name = String.fromCharCode(key[0]!);
    if (name === "q" || name === "\x03") end();
    if (name !== "o") return;
    try {
      console.log(`The lesson: ${await site.open(`lessons/${current().lesson}.html`)}`);
    } catch (error) {
      console.error((error as Error).message);
    }
  };
  if (!stdin.isTTY) return { [Symbol.dispose]() {} };
  stdin.setRawMode(true);
  stdin.on("data", onKey);
  process.on("exit", () => site.close());
  return {
    [Symbol.dispose]() {
      stdin.off("data", onKey);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

// What is saved while a verdict is being found comes next; the last of several counts.
async function watchSaves(
  first: Exercise,
  onSave: (exercise: Exercise) => Promise<unknown>,
): Promise<never> {
  let next: Exercise | undefined;
  let saved = Promise.withResolvers<void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  watch(join(root, "exercises"), { recursive: true }, (_event, name) => {
    const key = name?.replaceAll("\\", "/").replace(/\.ts$/, "");
    const exercise = exercises().find((it) => it.key === key);
    if (!exercise) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      next = exercise;
      saved.resolve();
    }, settleMs);
  });
  let shown = first;
  using _ = listenToKeys(() => shown);
  await onSave(first);
  console.log(
    `\nSave an exercise, and it is judged. Hints: ${call} hint. ` +
      "o opens the lesson, q or Ctrl-C ends this.",
  );
  for (;;) {
    await saved.promise;
    saved = Promise.withResolvers();
    console.log("");
    shown = next!;
    await onSave(shown);
  }
}
