/**
 * Tests the exercises' tests: every answer in every slot must get the verdict that its kind is due.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Answer, answers, slots } from "./answers.ts";
import { type Exercise, names, root } from "./disk.ts";
import type { JudgeEvent } from "./judge.ts";
import { conclude, type Outcome } from "./outcome.ts";
import { type Judgement, runJudge } from "./run-judge.ts";
import type { Runtime } from "./runtimes.ts";
import { stubOf } from "./stub.ts";

/** A kind of answer and what must come of it. */
export type Kind = "solution" | "stub" | "wrong" | "right";

/** One answer's case before the gate. */
export interface Case {
  kind: Kind;
  exercise: Exercise;
  slot: string;
  /** the answer's file, from the root */
  file: string;
  /** why the tests judged it otherwise than they must; empty when all is well */
  complaint: string;
  /** the verdict's sentence on a wrong answer */
  sentence: string;
  ms: number;
}

/** Judges all answers of some exercises on one runtime. */
export async function judgeAnswers(exercises: Exercise[], runtime: Runtime): Promise<Case[]> {
  writeStubs(exercises);
  const all = exercises.flatMap((exercise) => casesOf(exercise, runtime));
  const seen = await runAll(all, runtime);
  for (const it of all) {
    const mine = (event: JudgeEvent) =>
      "slot" in event && event.slot === it.slot && event.file === testOf(it.exercise);
    const hung = seen.hung.find((place) => mine({ type: "begin", ...place }));
    const events = seen.events.filter(mine);
    const outcome = conclude({ ...(hung ? { hungIn: hung } : {}) }, events);
    it.complaint = seen.broken ?? complain(it, outcome);
    it.sentence = outcome.sentence ?? "";
    it.ms = events.reduce((sum, event) => sum + (event.type === "module" ? event.ms : 0), 0);
  }
  for (const complaint of likeSentences(all)) complaint.it.complaint ||= complaint.text;
  return all;
}

/** Exercises with too few answers, as sentences. */
export function missingAnswers(exercises: Exercise[]): string[] {
  return exercises.flatMap(({ key }) => {
    const wrong = answers(key, "wrong").length;
    const right = answers(key, "right").length;
    return [
      ...(wrong < 4 ? [`${key} has ${wrong} wrong answers, wanted at least 4`] : []),
      ...(right < 2 ? [`${key} has ${right} right answers, wanted at least 2`] : []),
    ];
  });
}

const testOf = (exercise: Exercise) => `test/${exercise.key}.test.ts`;

function casesOf(exercise: Exercise, runtime: Runtime): Case[] {
  return slots([exercise.key]).flatMap((slot) => {
    const answer = answerIn(exercise, slot);
    if (answer?.runtime && answer.runtime !== runtime.name) return [];
    const file = answer?.file ??
      (slot === "stub" ? "exercises" : "solutions") + `/${exercise.key}.ts`;
    const kind = slot.split("-")[0] as Kind;
    return [{ kind, exercise, slot, file, complaint: "", sentence: "", ms: 0 }];
  });
}

function answerIn(exercise: Exercise, slot: string): Answer | undefined {
  const [kind, k] = slot.split("-");
  return kind === "wrong" || kind === "right"
    ? answers(exercise.key, kind)[Number(k) - 1]
    : undefined;
}

// An answer that hangs takes the judge with it: the others are judged again without it.
async function runAll(
  cases: Case[],
  runtime: Runtime,
): Promise<{ events: JudgeEvent[]; hung: NonNullable<Judgement["hungIn"]>[]; broken?: string }> {
  const events: JudgeEvent[] = [];
  const hung: NonNullable<Judgement["hungIn"]>[] = [];
  for (let left = cases; left.length > 0;) {
    const jobSlots: Record<string, string[]> = {};
    for (const it of left) (jobSlots[it.slot] ??= []).push(testOf(it.exercise));
    const judgement = await runJudge(runtime, { slots: jobSlots, workers: 3 });
    const done = (it: Case) =>
      judgement.events.some((event) =>
        event.type === "module" && event.slot === it.slot && event.file === testOf(it.exercise)
      );
    const { hungIn, broken } = judgement;
    if (broken !== undefined) return { events, hung, broken: `The judge broke: ${broken}` };
    const kept = left.filter(done);
    events.push(...judgement.events.filter((event) =>
      "slot" in event &&
      kept.some((it) => it.slot === event.slot && testOf(it.exercise) === event.file)
    ));
    if (!hungIn) break;
    hung.push(hungIn);
    left = left.filter((it) =>
      !done(it) && !(it.slot === hungIn.slot && testOf(it.exercise) === hungIn.file)
    );
  }
  return { events, hung };
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
    if (!other || sayWhy(it, other) || sayWhy(other, it)) return [];
    return [{ it, text: `gets the same first sentence as ${other.file}, and no header says why` }];
  });
}

function sayWhy(it: Case, other: Case): boolean {
  const name = other.file.slice(other.file.lastIndexOf("/") + 1);
  return answerIn(it.exercise, it.slot)!.sameAs.startsWith(name);
}

function writeStubs(exercises: Exercise[]): void {
  for (const { key } of exercises) {
    const file = join(root, `.course/stubs/${key}.ts`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, stubOf(key));
  }
}

/** Which wrong answers stand for which entry of the list of mistakes, `"M26"` to their files. */
export function coverage(exercises: Exercise[]): Map<string, string[]> {
  const covered = new Map<string, string[]>();
  for (const { key } of exercises) {
    for (const { cause, file } of answers(key, "wrong")) {
      covered.set(cause, [...covered.get(cause) ?? [], file.slice("test/answers/".length, -3)]);
    }
  }
  return covered;
}

/** Folders and files under `test/answers/` that belong to no exercise. */
export function strayAnswers(exercises: Exercise[]): string[] {
  const known = new Set(exercises.map((it) => it.key));
  return names("test/answers").filter((lesson) => !lesson.endsWith(".md")).flatMap((lesson) =>
    names(`test/answers/${lesson}`).map((name) => `${lesson}/${name}`)
  ).filter((key) => !known.has(key)).map((key) => `test/answers/${key}`);
}
