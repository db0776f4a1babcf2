/**
 * The map of the course, as the README and the first page of the site show it: a table.
 *
 * @module
 */
import { type Exercise, type Lesson, read } from "../disk.ts";

/** The parts of the course, each with its last lesson. */
const parts: [string, number][] = [
  ["I. First contact", 3],
  ["II. Waiting", 6],
  ["III. From bytes to messages", 10],
  ["IV. Opening, closing, failing", 14],
  ["V. Many connections", 17],
  ["VI. Tools, protocols, production", 20],
];

/**
 * The rows of the map: parts with the lessons that are on disk, how long each takes, its exercises.
 *
 * @returns Lines of markdown, with links that lead from the top folder
 */
export function mapTable(lessons: Lesson[], exercises: Exercise[]): string[] {
  const partOf = ({ number }: Lesson) => parts.find(([, last]) => Number(number) <= last)![0];
  const rows = [...Map.groupBy(lessons, partOf)].flatMap(([part, mine]) => [
    `| **${part}** | | |`,
    ...mine.map((lesson) => row(lesson, exercises.filter((it) => it.lesson === lesson.slug))),
  ]);
  return ["| lesson | minutes | exercises |", "| --- | --- | --- |", ...rows];
}

function row({ number, title, file }: Lesson, exercises: Exercise[]): string {
  const minutes = /\b(\d+) minutes\b/.exec(read(file))?.[1] ?? "";
  const links = exercises.map(({ key, name }) => `[${name}](exercises/${key}.ts)`);
  return `| [${Number(number)}. ${title}](${file}) | ${minutes} | ${links.join(", ")} |`;
}

/**
 * Puts the map into a text, in place of the table under its heading `## Lessons`.
 *
 * @param text The README
 * @throws {SyntaxError} When there is no such heading with a table below it
 */
export function withMap(text: string, table: string[]): string {
  const found = /^## Lessons\n[^]*?\n((?:\|.*\n)+)/m.exec(text);
  if (!found) throw new SyntaxError('The README has no heading "## Lessons" with a table below it');
  const begin = found.index + found[0].length - found[1]!.length;
  return text.slice(0, begin) + `${table.join("\n")}\n` + text.slice(begin + found[1]!.length);
}
