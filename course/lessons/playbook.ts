/**
 * The playbook as programs read it: its table of symptoms, and the words that programs print.
 *
 * @module
 */
import { parseMarkdown } from "./markdown.ts";

/** One symptom: a row of the table, and the section that it leads to. Markdown is taken out. */
export interface Symptom {
  /** `"refused"` */
  see: string;
  /** its section on the site, `"refused"` */
  anchor: string;
  /** the heading above its section, `"When a client calls"` */
  step: string;
  means: string;
  /** what to type next */
  type: string;
  /** `"11/1"` */
  exercise: string;
  /** what programs print of it, `"ECONNREFUSED"`; none when nothing is printed */
  words: string[];
}

/**
 * Reads the playbook.
 *
 * @param file Its path, for messages
 * @param text Its markdown
 * @throws {SyntaxError} When a row leads to no section
 */
export function parsePlaybook(file: string, text: string): Symptom[] {
  const sections = sectionsOf(file, text);
  const rows = text.matchAll(/^\| \[([^\]]+)\]\(#([^)]+)\) \| (.+) \| (.+) \| (.+) \|$/gm);
  return [...rows].map(([, see, anchor, means, type, exercise]) => {
    const section = sections.get(anchor!);
    if (!section) throw new SyntaxError(`${file}: "${see}" leads to no section #${anchor}`);
    return {
      see: see!,
      ...section,
      means: plain(means!),
      type: plain(type!),
      exercise: plain(exercise!),
    };
  });
}

type Section = Pick<Symptom, "anchor" | "step" | "words">;

function sectionsOf(file: string, text: string): Map<string, Section> {
  const { headings, lines } = parseMarkdown(file, text);
  const sections = new Map<string, Section>();
  let step = "";
  for (const heading of headings) {
    if (heading.depth === 2) step = heading.text;
    if (heading.depth !== 3) continue;
    const words = wordsBelow(lines.slice(heading.line));
    sections.set(heading.anchor, { anchor: heading.siteAnchor, step, words });
  }
  return sections;
}

/** Code spans of the first paragraph, when it has nothing else. */
function wordsBelow(lines: string[]): string[] {
  const paragraph = lines.join("\n").trimStart().split("\n\n")[0]!.replaceAll("\n", " ");
  if (!paragraph.startsWith("`")) return [];
  return [...paragraph.matchAll(/`([^`]+)`/g)].map(([, words]) => words!);
}

function plain(markdown: string): string {
  return markdown.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").replaceAll("`", "");
}
