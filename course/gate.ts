/**
 * Tests the exercises' tests: every answer in every slot must get the verdict that its kind is due.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Answer, answers, slots } from "./answers.ts";
import { type Exercise, root } from "./disk.ts";
import { conclude, type Outcome } from "./outcome.ts";
import { judgementOf, runJudge } from "./run-judge.ts";
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
  const jobSlots: Record<string, string[]> = {};
  for (const it of all) (jobSlots[it.slot] ??= []).push(testOf(it.exercise));
  const judgement = await runJudge(runtime, { slots: jobSlots, workers: 3 });
  for (const it of all) {
    const mine = judgementOf(judgement, { slot: it.slot, file: testOf(it.exercise) });
    const outcome = conclude(mine);
    it.complaint = complain(it, outcome);
    it.sentence = outcome.sentence ?? "";
    it.ms = mine.events.reduce((sum, event) => sum + (event.type === "module" ? event.ms : 0), 0);
  }
  for (const complaint of likeSentences(all)) complaint.it.complaint ||= complaint.text;
  return all;
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
