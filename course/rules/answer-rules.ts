/**
 * What can be said of the answers without running them.
 *
 * @module
 */
import { type Answer, answers } from "../answers/answers.ts";
import { catalogue } from "./catalogue.ts";
import { type Exercise, names, read } from "../disk.ts";

/** What is wrong with the answers on disk, as sentences. */
export function checkAnswers(exercises: Exercise[]): string[] {
  return [
    ...exercises.flatMap(({ key }) => [...checkNumbers(key), ...checkHeaders(key)]),
    ...strayAnswers(exercises).map((file) => `${file} belongs to no exercise`),
    ...unknownCauses(exercises),
    ...relativeImports(exercises),
  ];
}

function checkNumbers(key: string): string[] {
  const wrong = answers(key, "wrong").length;
  const right = answers(key, "right").length;
  return [
    ...(wrong < 4 ? [`${key} has ${wrong} wrong answers, wanted at least 4`] : []),
    ...(right < 2 ? [`${key} has ${right} right answers, wanted at least 2`] : []),
  ];
}

function checkHeaders(key: string): string[] {
  const wrong = answers(key, "wrong");
  const inFolder = wrong.map(({ file }) => file.slice(file.lastIndexOf("/") + 1));
  return [
    ...answers(key, "right").filter(({ cause }) => cause !== "")
      .map(({ file }) => `${file} is named right, and its header says "Wrong"`),
    ...wrong.flatMap((answer) => checkWrong(answer, inFolder)),
  ];
}

function checkWrong({ file, cause, says, sameAs }: Answer, inFolder: string[]): string[] {
  const named = /\/wrong-(M\d\d|own|stub)-/.exec(file)?.[1];
  const twin = sameAs.split(/[,\s]/)[0]!;
  return [
    ...(named !== "stub" && named !== cause
      ? [`${file} is named after ${named}, and its header after ${cause || "nothing"}`]
      : []),
    ...(says.length === 0
      ? [`${file} has no line 'Says: "..."' with words of the verdict that it is due`]
      : []),
    ...(twin && !inFolder.includes(twin)
      ? [`${file} is the same as ${twin}, which is not in its folder`]
      : []),
  ];
}

/** Folders and files under `test/answers/` that belong to no exercise. */
function strayAnswers(exercises: Exercise[]): string[] {
  const known = new Set(exercises.map((it) => it.key));
  return names("test/answers").filter((lesson) => !lesson.endsWith(".md")).flatMap((lesson) =>
    names(`test/answers/${lesson}`).map((name) => `${lesson}/${name}`)
  ).filter((key) => !known.has(key)).map((key) => `test/answers/${key}`);
}

/** An answer lies deeper than the exercise whose place it takes: what it imports is named from the root. */
function relativeImports(exercises: Exercise[]): string[] {
  return exercises.flatMap(({ key }) => [
    `solutions/${key}.ts`,
    ...(["wrong", "right"] as const).flatMap((kind) => answers(key, kind).map(({ file }) => file)),
  ]).filter((file) => /\bfrom "\.\.?\/.*berkeley\//.test(read(file)))
    .map((file) => `${file} imports berkeley/ by a relative path: write #berkeley/`);
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

function unknownCauses(exercises: Exercise[]): string[] {
  const known = catalogue();
  return [...coverage(exercises).keys()].filter((cause) => /^M/.test(cause) && !known.has(cause))
    .map((cause) => `An answer names ${cause}, which test/answers/README.md does not list`);
}
