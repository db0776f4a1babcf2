/**
 * What a verdict looks like: words only, at most 12 lines.
 *
 * @module
 */
import process from "node:process";
import { styleText } from "node:util";
import type { Exercise } from "../disk.ts";
import { hintsFor } from "../answers/hints.ts";
import type { Outcome } from "../judge/outcome.ts";
import { mishaps } from "../judge/problems.ts";
import { call } from "../runtimes.ts";
import { nextUnsolved } from "./words.ts";

type Style = Parameters<typeof styleText>[0];

/** Text in a style, or plain where the terminal, or NO_COLOR, wants no colour. */
export function styled(style: Style, text: string): string {
  const wanted = process.stdout.isTTY && !process.env.NO_COLOR;
  return wanted ? styleText(style, text, { validateStream: false }) : text;
}

/** The columns there are: the terminal's, those that COLUMNS says, otherwise 100. */
export function columns(): number {
  return Math.max(20, process.stdout.columns || Number(process.env.COLUMNS) || 100);
}

/** The most lines that a verdict takes. */
const mostLines = 12;

/** A verdict as lines: what, the sentence, the picture, the question, what to type next. */
export function verdictLines(exercise: Exercise, outcome: Outcome): string[] {
  const { verdict } = outcome;
  if (verdict === "passed") {
    const next = nextUnsolved(exercise);
    return [
      headLine(exercise, outcome),
      ...(outcome.skipped ?? []).slice(0, 5).map((text) => clip(`not run: ${text}`)),
      `Compare: ${call} solution ${exercise.id}`,
      next ? nextLine(exercise, next) : "Every exercise of the course is solved.",
    ];
  }
  if (verdict === "unjudged") {
    return [
      headLine(exercise, outcome),
      ...(outcome.sentence ?? "").split("\n").slice(0, 5).map(clip),
      `Is everything in order? ${call} doctor`,
    ];
  }
  return fit([headLine(exercise, outcome), ...testLine(outcome)], {
    sentence: wrap(outcome.sentence ?? ""),
    printed: outcome.printed ?? [],
    picture: outcome.diagnosis === "not-written" ? [] : outcome.picture ?? [],
    cutTo: outcome.story?.at(-1) === outcome.picture?.at(-1) ? "its end" : "nothing",
    ...wayOn(exercise, outcome.diagnosis ?? ""),
  });
}

function nextLine(from: Exercise, { key, lesson }: Exercise): string {
  const read = lesson === from.lesson ? "" : `lessons/${lesson}.md, then `;
  return `Next: ${read}exercises/${key}.ts`;
}

const looks = {
  passed: ["green", "passed"],
  failed: ["red", "not yet"],
  unjudged: ["yellow", "could not be judged"],
} as const;

// Which runtime it was, and how long it took, stand there where there is room.
function headLine(
  { id, name }: Exercise,
  { verdict, passed, tests, version, seconds }: Outcome,
): string {
  const [style, words] = looks[verdict];
  const head = `${id} ${name}: ${words}`;
  const number = passed === tests ? `all ${tests}` : `${passed} of ${tests}`;
  const rest = verdict === "passed" ? `, ${number} tests` : "";
  const small = ` (${version}, ${seconds} s)`;
  const isWide = head.length + rest.length + small.length <= columns();
  return styled(style, head) + rest + (isWide ? styled("dim", small) : "");
}

interface Parts {
  sentence: string[];
  /** what the learner had the exercise print, to see what it does */
  printed: string[];
  picture: string[];
  /** what is left of the picture when it has to be shorter */
  cutTo: "its end" | "nothing";
  question: string[];
  next: string;
}

// The sentence and the next command are always there; the rest shares the lines that are left.
function fit(head: string[], parts: Parts): string[] {
  const { sentence, picture, cutTo, question, next } = parts;
  const said = sentence.slice(0, mostLines - head.length - 1);
  let free = mostLines - head.length - said.length - 1;
  const printed = lastOf(parts.printed, free);
  free -= printed.length;
  const asked = question.length <= free ? question : [];
  free -= asked.length;
  const drawn = picture.length <= free ? picture : cutTo === "nothing" ? [] : lastOf(picture, free);
  free -= drawn.length;
  return [
    ...head,
    ...(free > 0 ? [""] : []),
    ...said.map((line) => styled("bold", line)),
    ...printed.map((line) => clip(`    it printed: ${line}`)),
    ...drawn.map((line) => styled("dim", clip(`    ${line}`))),
    ...asked,
    clip(next),
  ];
}

function lastOf(lines: string[], count: number): string[] {
  return count > 0 ? lines.slice(-count) : [];
}

// What a mishap of the runner says is plain enough, unless the exercise has hints of its own on it.
function wayOn({ key, id }: Exercise, diagnosis: string): Pick<Parts, "question" | "next"> {
  const isMishap = diagnosis in mishaps;
  const hint = hintsFor(key, diagnosis, isMishap ? "nothing" : "otherwise");
  if (isMishap && !hint) return { question: [], next: `Mend it, then: ${call} check ${id}` };
  const read = hint?.section ? ` Read ${hint.section}` : "";
  return {
    question: hint?.levels[0] ? wrap(`Hint: ${hint.levels[0]}${read}`) : [],
    next: `Next: ${call} hint ${id}`,
  };
}

function testLine({ test, diagnosis }: Outcome): string[] {
  return test && diagnosis !== "not-written" ? [clip(test.replace(" > ", ": "))] : [];
}

/** Cuts a line to the terminal's width. */
export function clip(line: string): string {
  return line.length > columns() ? `${line.slice(0, columns() - 3)}...` : line;
}

/** Breaks a text at spaces into lines of the terminal's width. */
export function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > columns()) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
