/**
 * Tests the exercises' tests: every answer in every slot must get the verdict that its kind is due.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Answer, answers, slots } from "../answers/answers.ts";
import { type Exercise, root } from "../disk.ts";
import { conclude, judge, type Outcome } from "../judge/outcome.ts";
import { judgementOf, runJudge } from "../judge/run-judge.ts";
import type { Runtime } from "../runtimes.ts";
import { stubOf } from "../answers/stub.ts";
import { type Result, result } from "./result.ts";

/** What each kind of answer is due. */
const due = {
  solution: "solutions pass",
  stub: "stubs are not written yet",
  wrong: "wrong answers are refused by name",
  right: "right answers are accepted",
};

/** So many answers may be judged otherwise beside others than alone, before it is the tests' fault. */
const mostDoubtful = 4;

type Kind = keyof typeof due;

/** One answer's case before the gate. */
interface Case {
  kind: Kind;
  exercise: Exercise;
  slot: string;
  /** the answer's file, from the root */
  file: string;
  /** why the tests judged it otherwise than they must; empty when all is well */
  complaint: string;
  /** the verdict's sentence on a wrong answer */
  sentence: string;
}

/**
 * Judges the answers to some exercises on one runtime; a result for each kind of answer.
 *
 * @param inTurn Whether a wrong answer is judged on one runtime only, one on Node, the next on Deno
 */
export async function* answerChecks(
  exercises: Exercise[],
  runtime: Runtime,
  inTurn = false,
): AsyncGenerator<Result> {
  const begun = performance.now();
  const all = exercises.flatMap((exercise) => casesOf(exercise, runtime));
  const cases = all.filter((it) => !inTurn || isItsTurn(it, runtime));
  await judgeAnswers(cases, runtime);
  const each = (performance.now() - begun) / 1000 / cases.length;
  for (const kind of Object.keys(due) as Kind[]) {
    const mine = cases.filter((it) => it.kind === kind);
    yield result({
      check: due[kind],
      where: runtime.label,
      total: mine.length,
      complaints: mine.filter((it) => it.complaint).map((it) => `${it.file} ${it.complaint}`),
      seconds: each * mine.length,
    });
  }
}

async function judgeAnswers(all: Case[], runtime: Runtime): Promise<void> {
  writeStubs(all.filter((it) => it.kind === "stub").map((it) => it.exercise));
  const jobSlots: Record<string, string[]> = {};
  for (const it of all) (jobSlots[it.slot] ??= []).push(testOf(it.exercise));
  const judgement = await runJudge(runtime, { slots: jobSlots, workers: 4 });
  for (const it of all) {
    const mine = judgementOf(judgement, { slot: it.slot, file: testOf(it.exercise) });
    note(it, conclude(mine));
  }
  await judgeAgain(all.filter((it) => it.complaint), runtime);
  for (const complaint of likeSentences(all)) complaint.it.complaint ||= complaint.text;
}

function isItsTurn({ kind, exercise, slot }: Case, runtime: Runtime): boolean {
  if (kind !== "wrong" || answerIn(exercise, slot)?.runtime) return true;
  const isEven = Number(slot.split("-")[1]) % 2 === 0;
  return isEven === (runtime.name === "node");
}

/** Three others wanted the processor meanwhile: what looks ill judged is judged once more, alone. */
async function judgeAgain(doubtful: Case[], runtime: Runtime): Promise<void> {
  if (doubtful.length > mostDoubtful) return;
  for (const it of doubtful) {
    console.log(`       again, alone (${runtime.label}): ${it.file} ${it.complaint}`);
    note(it, await judge(it.exercise, runtime, it.slot));
  }
}

function note(it: Case, outcome: Pick<Outcome, "verdict"> & Partial<Outcome>): void {
  it.complaint = complain(it, outcome);
  it.sentence = outcome.sentence ?? "";
}

const testOf = (exercise: Exercise) => `test/${exercise.key}.test.ts`;

function casesOf(exercise: Exercise, runtime: Runtime): Case[] {
  return slots([exercise.key]).flatMap((slot) => {
    const answer = answerIn(exercise, slot);
    if (answer?.runtime && answer.runtime !== runtime.name) return [];
    const file = answer?.file ??
      (slot === "stub" ? "exercises" : "solutions") + `/${exercise.key}.ts`;
    const kind = slot.split("-")[0] as Kind;
    return [{ kind, exercise, slot, file, complaint: "", sentence: "" }];
  });
}

function answerIn(exercise: Exercise, slot: string): Answer | undefined {
  const [kind, k] = slot.split("-");
  return kind === "wrong" || kind === "right"
    ? answers(exercise.key, kind)[Number(k) - 1]
    : undefined;
}

function complain(it: Case, outcome: Pick<Outcome, "verdict"> & Partial<Outcome>): string {
  const { verdict, sentence = "", diagnosis, test } = outcome;
  if (verdict === "unjudged") return `was not judged: ${sentence}`;
  if (it.kind === "solution" || it.kind === "right") {
    return verdict === "passed" ? "" : `was refused by "${test}": ${sentence}`;
  }
  if (verdict === "passed") return "was accepted";
  if (!diagnosis) return `was refused without a diagnosis by "${test}": ${sentence}`;
  const wanted = wordsDue(it);
  if (it.kind === "stub" && wanted.length === 0) {
    return diagnosis === "not-written" ? "" : `should count as not written, but: ${sentence}`;
  }
  const missing = wanted.find((words) => !sentence.includes(words));
  return missing ? `was refused, but not with the words "${missing}": ${sentence}` : "";
}

// A repair stub is a wrong answer and must be refused with its words.
function wordsDue(it: Case): string[] {
  if (it.kind === "wrong") return answerIn(it.exercise, it.slot)!.says;
  return answers(it.exercise.key, "wrong").find((answer) => answer.file.includes("/wrong-stub-"))
    ?.says ?? [];
}

function likeSentences(cases: Case[]): { it: Case; text: string }[] {
  const wrong = cases.filter((it) => it.kind === "wrong");
  const plain = (it: Case) => it.sentence.replaceAll(/\d[\d.]*/g, "N");
  return wrong.flatMap((it, i) => {
    const other = wrong.slice(0, i).find((before) =>
      before.exercise === it.exercise && plain(before) === plain(it)
    );
    if (!other || sayWhy(it, other) || sayWhy(other, it) || haveOneTwin(it, other)) return [];
    return [{ it, text: `gets the same first sentence as ${other.file}, and no header says why` }];
  });
}

function sayWhy(it: Case, other: Case): boolean {
  const name = other.file.slice(other.file.lastIndexOf("/") + 1);
  return answerIn(it.exercise, it.slot)!.sameAs.startsWith(name);
}

/** Whether both are like a third, which another runtime may be judging. */
function haveOneTwin(...both: [Case, Case]): boolean {
  const [one, two] = both.map((it) => answerIn(it.exercise, it.slot)!.sameAs.split(/[,\s]/)[0]);
  return one !== "" && one === two;
}

function writeStubs(exercises: Exercise[]): void {
  for (const { key } of exercises) {
    const file = join(root, `.course/stubs/${key}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, stubOf(key));
  }
}
