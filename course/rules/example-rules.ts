/**
 * How an example is written: its header, its imports, its measures.
 *
 * @module
 */
import { allRunLines } from "../lessons/commands.ts";
import { header } from "../disk.ts";
import { readRegions } from "../lessons/fences.ts";
import type { Mistake } from "../lessons/mistakes.ts";

/** The most columns of a line. */
const mostColumns = 100;

/** Permissions that mean little without a value after them. */
const needsValue = ["--allow-net", "--allow-read", "--allow-write", "--allow-run", "--allow-env"];

/**
 * Everything that an example must hold to, except what it prints.
 *
 * @param file `"examples/02-echo/echo-server.ts"`
 * @param source Its text
 */
export function checkExample(file: string, source: string): Mistake[] {
  const typescript = file.endsWith(".ts");
  return [
    ...typescript ? checkHeader(file, source) : [],
    ...typescript ? checkRunLines(file, source) : [],
    ...typescript ? checkImports(file, source) : [],
    ...checkColumns(file, source),
    ...readRegions(file, source).mistakes,
  ];
}

function checkHeader(file: string, source: string): Mistake[] {
  const text = header(source);
  const number = Number(/\/(\d\d)-/.exec(file)?.[1]);
  const what = "An example opens with a comment that says what it shows, its lesson, how it is run";
  const wanted: [RegExp, string][] = [
    [/^(?!Lesson )[A-Z][^]*?[.:](?:\n\n|$)/, "a sentence"],
    [new RegExp(`^Lesson ${number}\\.`, "m"), `Lesson ${number}.`],
    [/^@module$/m, "@module"],
  ];
  return wanted.filter(([form]) => !form.test(text)).map(([, expected]) => ({
    file,
    line: 1,
    what,
    expected,
    got: text.split("\n")[0] || "no comment",
  }));
}

function checkRunLines(file: string, source: string): Mistake[] {
  const lines = allRunLines(source);
  const wrong = (what: string, expected: string, got: string): Mistake => ({
    file,
    line: 1,
    what,
    expected,
    got,
  });
  const has = (runner: string) => lines.some((line) => line.runner === runner);
  const needed = ["node", "deno run"].filter((runner) => !has(runner) && !spared(runner, file));
  return [
    ...needed.map((runner) =>
      wrong("A header has a run line for each runtime", `${runner} ${file}`, "no such line")
    ),
    ...lines.filter(({ path }) => path !== file).map(({ path }) =>
      wrong("A run line names the file that it stands in", file, path)
    ),
    ...lines.flatMap(({ flags }) => flags).filter(isWide).map((flag) =>
      wrong("A permission is as narrow as the program allows", `${flag}=...`, flag)
    ),
  ];
}

/** A program of one runtime says so in its name. */
function spared(runner: string, file: string): boolean {
  return file.endsWith(runner === "node" ? "-deno.ts" : "-node.ts");
}

function isWide(flag: string): boolean {
  return needsValue.includes(flag) || flag === "--allow-all" || !flag.startsWith("--");
}

const importForm =
  /^(?:import|export)\b[^;]*?\bfrom\s*"([^"]+)"|\bimport\(\s*"([^"]+)"|^import\s*"([^"]+)"/gm;

function checkImports(file: string, source: string): Mistake[] {
  return [...source.matchAll(importForm)].flatMap((match) => {
    const from = match[1] ?? match[2] ?? match[3]!;
    if (/^node:|^#berkeley\/[\w-]+\.ts$/.test(from)) return [];
    const line = source.slice(0, match.index).split("\n").length;
    const what = "An example imports nothing but node: modules and #berkeley/";
    return [{ file, line, what, got: from }];
  });
}

function checkColumns(file: string, source: string): Mistake[] {
  return source.split("\n").flatMap((text, i) =>
    text.length <= mostColumns ? [] : [{
      file,
      line: i + 1,
      what: "A line is too long",
      expected: `at most ${mostColumns} columns`,
      got: `${text.length} columns: ${text}`,
    }]
  );
}
