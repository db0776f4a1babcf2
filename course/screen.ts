/**
 * What a verdict looks like: words only, at most 12 lines.
 *
 * @module
 */
import process from "node:process";
import { styleText } from "node:util";
import type { Exercise } from "./disk.ts";
import { hintsFor } from "./hints.ts";
import type { Outcome } from "./outcome.ts";
import { call } from "./words.ts";

type Style = Parameters<typeof styleText>[0];

/** Text in a style, or plain where the terminal, or NO_COLOR, wants no colour. */
export function styled(style: Style, text: string): string {
  const wanted = process.stdout.isTTY && !process.env.NO_COLOR;
  return wanted ? styleText(style, text, { validateStream: false }) : text;
}

/** The columns there are; 100 where there is no terminal. */
export function columns(): number {
  return process.stdout.columns ?? 100;
}

/** A verdict as lines: what, the sentence, the picture, the question, what to type next. */
export function verdictLines(exercise: Exercise, outcome: Outcome): string[] {
  const { verdict, version, seconds } = outcome;
  const head = `${exercise.id} ${exercise.name}`;
  const small = styled("dim", `(${version}, ${seconds} s)`);
  if (verdict === "passed") {
    return [
      `${styled("green", `${head}: passed`)}, all ${outcome.tests} tests ${small}`,
      `Compare: ${call} solution ${exercise.id}`,
    ];
  }
  if (verdict === "unjudged") {
    return [
      `${styled("yellow", `${head}: could not be judged`)} ${small}`,
      ...(outcome.sentence ?? "").split("\n").slice(0, 5).map(clip),
      `Is everything in order? ${call} doctor`,
    ];
  }
  const hint = hintsFor(exercise.key, outcome.diagnosis ?? "");
  return [
    `${styled("red", `${head}: not yet`)}${where(outcome)} ${small}`,
    "",
    ...wrap(outcome.sentence ?? "").map((line) => styled("bold", line)),
    ...(outcome.diagnosis === "not-written" ? [] : outcome.picture ?? []).map((line) =>
      styled("dim", clip(`    ${line}`))
    ),
    ...(hint?.levels[0] ? wrap(`Hint: ${hint.levels[0]}`) : []),
    `Next: ${call} hint ${exercise.id}${hint?.section ? `, or read ${hint.section}` : ""}`,
  ];
}

function where({ test, diagnosis }: Outcome): string {
  if (!test || diagnosis === "not-written") return "";
  return `, ${test.replace(" > ", ": ")}`;
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
