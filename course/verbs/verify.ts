/** @module */
import { basename } from "node:path";
import process from "node:process";
import { answers } from "../answers/answers.ts";
import { type Exercise, exercises } from "../disk.ts";
import { judge } from "../judge/outcome.ts";
import { loadProgress } from "../learner/progress.ts";
import { verdictLines } from "../learner/screen.ts";
import { chooseRuntimes } from "../learner/words.ts";
import { Misunderstanding } from "../misunderstanding.ts";
import { call, findRuntime, type Runtime, type RuntimeName } from "../runtimes.ts";
import { answerChecks } from "../verify/gate.ts";
import { answersOnDisk, coverageLines, owedLine, pristine, taught } from "../verify/lists.ts";
import { noIpv6 } from "../lessons/transcripts.ts";
import { repoTests, runRepoTests } from "../verify/repo-tests.ts";
import { lines, type Result, skip } from "../verify/result.ts";
import { staticChecks } from "../verify/static.ts";

export const usage =
  "verify [answers [02 | 02/1 | wrong-M26-...] | repo [name] [update] | static | pristine] [node | deno]";
export const summary = "checks the course itself: tests against answers, lessons, types, style";

const parts = ["answers", "repo", "static", "pristine"];

/** 0 when every check passed, 1 otherwise. */
export async function run(words: string[]): Promise<number> {
  refuseUnknown(words);
  const named = answersNamed(words);
  if (named.length > 0) return await showVerdicts(named, words);
  console.log(`This checks the course itself. To check your exercises: ${call} check all\n`);
  if (words.length === 0) {
    console.log(
      `Wrong answers are judged on Node or on Deno, in turn; on both: ${call} verify answers\n`,
    );
  }
  const results: Result[] = [];
  for await (const result of checks(words)) {
    results.push(result);
    console.log(lines(result).join("\n"));
  }
  if (isOn("answers", words)) console.log(`\n${coverageLines().join("\n")}`);
  if (isOn("repo", words)) console.log(`\n${owedLine()}`);
  return conclude(results);
}

function refuseUnknown(words: string[]): void {
  const known = [...parts, ...repoTests(), "node", "deno", "update"];
  const answer = (word: string) => exercisesNamed([word]).length + answersNamed([word]).length > 0;
  const unknown = words.find((word) => !known.includes(word) && !answer(word));
  if (unknown !== undefined) {
    throw new Misunderstanding(`There is no check "${unknown}". There are: ${known.join(", ")}`);
  }
}

function exercisesNamed(words: string[]): Exercise[] {
  return exercises().filter(({ id, key, lesson }) =>
    words.some((word) => [id, key, lesson, lesson.slice(0, 2)].includes(word))
  );
}

/** The answers that words name, `wrong-M26-destroys-at-end`, with their slots. */
function answersNamed(words: string[]): { exercise: Exercise; slot: string }[] {
  return exercises().flatMap((exercise) =>
    (["wrong", "right"] as const).flatMap((kind) =>
      answers(exercise.key, kind).flatMap(({ file }, k) =>
        words.includes(basename(file, ".ts")) ? [{ exercise, slot: `${kind}-${k + 1}` }] : []
      )
    )
  );
}

/** What a learner would see of some answers, whole. */
async function showVerdicts(
  named: { exercise: Exercise; slot: string }[],
  words: string[],
): Promise<number> {
  for (
    const runtime of chooseRuntimes(words.filter((word) => word === "node" || word === "deno"))
  ) {
    for (const { exercise, slot } of named) {
      const outcome = await judge(exercise, runtime, slot);
      console.log(`${verdictLines(exercise, outcome).join("\n")}\n`);
    }
  }
  return 0;
}

/** Whether a part was asked for; all are when none is named, but for what a learner may change. */
function isOn(part: string, words: string[]): boolean {
  const named = repoTests().some((name) => words.includes(name));
  const answer = exercisesNamed(words).length > 0;
  const wanted = parts.filter((it) =>
    words.includes(it) || (it === "repo" && named) || (it === "answers" && answer)
  );
  return wanted.length === 0 ? part !== "pristine" : wanted.includes(part);
}

async function* checks(words: string[]): AsyncGenerator<Result> {
  if (isOn("pristine", words)) yield pristine();
  if (isOn("static", words)) yield* staticChecks();
  if (isOn("answers", words)) yield answersOnDisk();
  if (isOn("repo", words)) yield taught();
  const named = words.filter((word) => word === "node" || word === "deno");
  for (const name of named.length > 0 ? named : ["node", "deno"] as const) {
    const runtime = findRuntime(name);
    if (runtime) yield* checksOn(runtime, words);
    else yield missing(name);
  }
}

async function* checksOn(runtime: Runtime, words: string[]): AsyncGenerator<Result> {
  const named = exercisesNamed(words);
  if (isOn("answers", words)) {
    yield* answerChecks(named.length > 0 ? named : exercises(), runtime, words.length === 0);
  }
  if (!isOn("repo", words)) return;
  const tests = repoTests().filter((name) => words.includes(name));
  yield* runRepoTests(tests.length > 0 ? tests : repoTests(), runtime, words.includes("update"));
}

function missing(name: RuntimeName): Result {
  const title = name === "node" ? "Node" : "Deno";
  const number = 4 + repoTests().length;
  return skip("runtime", title, `${title}: not found, ${number} checks not run`);
}

function conclude(results: Result[]): number {
  const sum = (count: (result: Result) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const failed = sum((result) => result.complaints.length);
  const skipped = sum((result) => result.skipped.length);
  // In a strict run nothing may be left out, be it for want of a client, a tool or a runtime. Only
  // an address that the machine does not have cannot be installed.
  const avoidable = sum((result) => result.skipped.filter((it) => !it.endsWith(noIpv6)).length);
  const strict = process.env.COURSE_STRICT === "1" ? avoidable : 0;
  const all = exercises();
  const { exercises: traces } = loadProgress();
  const solved = all.filter((it) => traces[it.key]?.solved).length;
  console.log(`\nyour exercises: ${solved} of ${all.length} (${call} check)`);
  const rest = skipped > strict ? `, ${skipped} skipped` : "";
  console.log(`${sum((result) => result.passed)} passed, ${failed + strict} failed${rest}`);
  return failed + strict > 0 ? 1 : 0;
}
