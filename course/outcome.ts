/**
 * What the tests say of one exercise, in the form that people and programs read.
 *
 * @module
 */
import type { Exercise } from "./disk.ts";
import type { JudgeEvent, Problem } from "./judge.ts";
import { type Judgement, runJudge } from "./run-judge.ts";
import type { Runtime, RuntimeName } from "./runtimes.ts";
import { notWritten } from "./stub.ts";

/** The verdict on one exercise on one runtime; `json` prints it as it stands. */
export interface Outcome {
  /** `"02/1"` */
  exercise: string;
  name: string;
  runtime: RuntimeName;
  /** `"Node 24.21.0"` */
  version: string;
  verdict: "passed" | "failed" | "unjudged";
  seconds: number;
  /** tests that passed, and all that there are */
  passed: number;
  tests: number;
  /** the first test that failed */
  test?: string;
  /** a name from the harness's closed list, or `"syntax"`, `"import"`, `"endless-loop"` */
  diagnosis?: string;
  sentence?: string;
  /** up to five lines */
  picture?: string[];
  /** all steps of the test that failed */
  story?: string[];
}

/** Judges what lies in a slot, the learner's own answer unless told. */
export async function judge(
  exercise: Exercise,
  runtime: Runtime,
  slot = "exercise",
): Promise<Outcome> {
  const begun = performance.now();
  const judgement = await runJudge(runtime, {
    slots: { [slot]: [`test/${exercise.key}.test.ts`] },
  });
  const seconds = Number(((performance.now() - begun) / 1000).toFixed(2));
  const { label: version, name } = runtime;
  const base = { exercise: exercise.id, name: exercise.name, runtime: name, version, seconds };
  return { ...base, ...conclude(judgement, judgement.events) };
}

/** Draws the conclusion from what happened to one answer. */
export function conclude(
  judgement: Omit<Judgement, "events">,
  events: JudgeEvent[],
): Pick<Outcome, "verdict" | "passed" | "tests"> & Partial<Outcome> {
  const tests = events.filter((event) => event.type === "test");
  const passed = tests.filter((event) => event.state === "passed").length;
  const count = { passed, tests: tests.length };
  const failed = tests.find((event) => event.problems.length > 0);
  const module = events.find((event) => event.type === "module" && event.problems.length > 0);
  if (judgement.hungIn !== undefined) {
    return {
      verdict: "failed",
      ...count,
      test: judgement.hungIn.test,
      diagnosis: "endless-loop",
      sentence: "It computed without a pause and never came back: an endless loop",
    };
  }
  if (failed) {
    const [problem] = failed.problems;
    return { verdict: "failed", ...count, test: failed.test, ...describe(problem!) };
  }
  if (module?.type === "module") {
    const [problem] = module.problems;
    return { verdict: "failed", ...count, ...describeImport(problem!) };
  }
  if (judgement.broken !== undefined || tests.length === 0) {
    return { verdict: "unjudged", ...count, sentence: judgement.broken || "No test ran" };
  }
  return { verdict: passed === tests.length ? "passed" : "unjudged", ...count };
}

function describe(problem: Problem): Partial<Outcome> {
  const { diagnosis, picture, story } = problem;
  const sentence = problem.message.split("\n")[0]!;
  if (diagnosis) return { diagnosis, sentence, picture: picture ?? [], story: story ?? [] };
  return { sentence: `${problem.name ?? "Error"}: ${sentence}`, picture: placesOf(problem) };
}

function describeImport(problem: Problem): Partial<Outcome> {
  const first = problem.message.split("\n")[0]!;
  if (problem.message.startsWith(notWritten)) {
    return {
      diagnosis: "not-written",
      sentence: "It is not written yet: it throws where its TODO stands",
    };
  }
  const isSyntax = /syntax|parse/i.test(`${problem.name} ${first}`);
  return {
    diagnosis: isSyntax ? "syntax" : "import",
    sentence: isSyntax
      ? "It cannot be read as TypeScript"
      : `It could not be loaded: ${problem.name ?? "Error"}: ${first}`,
    picture: isSyntax ? problem.message.split("\n").slice(0, 5) : placesOf(problem),
  };
}

function placesOf(problem: Problem): string[] {
  return (problem.stack ?? "").split("\n").filter((line) =>
    /^\s+at /.test(line) && !line.includes("node_modules") && !line.includes("node:")
  ).map((line) => line.trim()).slice(0, 3);
}
