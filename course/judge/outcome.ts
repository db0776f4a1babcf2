/**
 * What the tests say of one exercise, in the form that people and programs read.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import type { Exercise } from "../disk.ts";
import { describe, describeHang, describeLoading } from "./problems.ts";
import { type Judgement, runJudge } from "./run-judge.ts";
import type { Runtime, RuntimeName } from "../runtimes.ts";

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
  /** a name from the closed list of the harness, or one of `mishaps` in problems.ts */
  diagnosis?: string;
  sentence?: string;
  /** up to five lines */
  picture?: string[];
  /** all steps of the test that failed */
  story?: string[];
  /** the last lines that the answer printed, up to three */
  printed?: string[];
  /** tests that could not run here, and why */
  skipped?: string[];
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
  const printed = linesPrinted(judgement).slice(-3);
  return { ...base, ...conclude(judgement), ...(printed.length > 0 ? { printed } : {}) };
}

function linesPrinted({ events }: Judgement): string[] {
  return events.flatMap((event) =>
    event.type === "log" ? stripVTControlCharacters(event.text).trimEnd().split("\n") : []
  );
}

/** Draws the conclusion from what happened to one answer. */
export function conclude(
  { events, hung, killed, broken }: Judgement,
): Pick<Outcome, "verdict" | "passed" | "tests"> & Partial<Outcome> {
  const tests = events.filter((event) => event.type === "test");
  const passed = tests.filter((event) => event.state === "passed").length;
  const count = { passed, tests: tests.length };
  const failed = tests.find((event) => event.problems.length > 0);
  const module = events.find((event) => event.type === "module" && event.problems.length > 0);
  const [hang] = hung;
  if (hang) return { verdict: "failed", ...count, test: hang.test, ...describeHang(hang) };
  if (failed) {
    const [problem] = failed.problems;
    return { verdict: "failed", ...count, test: failed.test, ...describe(problem!) };
  }
  if (killed.length > 0) {
    const begun = events.findLast((event) => event.type === "begin");
    const sentence = "Its process came to a sudden end: it was killed, or it ran out of memory";
    return { verdict: "failed", ...count, test: begun?.test ?? "", diagnosis: "killed", sentence };
  }
  if (module?.type === "module") {
    return { verdict: "failed", ...count, ...describeLoading(module.problems[0]!) };
  }
  if (broken !== undefined || tests.length === 0) {
    return { verdict: "unjudged", ...count, sentence: broken || "No test ran" };
  }
  const lost = events.find((event) =>
    event.type === "begin" && !tests.some(({ test }) => test === event.test)
  );
  if (lost?.type === "begin") {
    return { verdict: "unjudged", ...count, sentence: `Nothing was heard of "${lost.test}"` };
  }
  const skipped = tests.filter((event) => event.state === "skipped")
    .map(({ test, note }) => `${test}${note && `: ${note}`}`);
  if (passed === 0) return { verdict: "unjudged", ...count, sentence: skipped.join("\n") };
  return { verdict: "passed", ...count, ...(skipped.length > 0 ? { skipped } : {}) };
}
