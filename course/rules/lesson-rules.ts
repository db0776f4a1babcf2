/**
 * How a lesson is written: its title, its links, the way to its neighbours, what it must name and
 * what GitHub or the site would break.
 *
 * @module
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { programCalls, tooWide } from "../lessons/commands.ts";
import { transcripts } from "../lessons/console-fences.ts";
import type { Lesson } from "../disk.ts";
import { type Heading, type Markdown, parseMarkdown } from "../lessons/markdown.ts";
import type { Mistake } from "../lessons/mistakes.ts";

/** What the disk says of a lesson. */
export interface LessonFacts {
  /** absolute path of the repository */
  root: string;
  /** its number, 2 */
  number: number;
  /** its exercises, `"02/1"` */
  exercises: string[];
  /** the lines that must end it, see {@link navigation} */
  navigation: string[];
}

/** Everything that a lesson's text must hold to, except its fences and transcripts. */
export function checkLesson(markdown: Markdown, facts: LessonFacts): Mistake[] {
  return [
    ...checkTitle(markdown, facts.number),
    ...checkMinutes(markdown),
    ...checkNavigation(markdown, facts.navigation),
    ...checkExercises(markdown, facts.exercises),
    ...checkForbidden(markdown),
    ...checkPermissions(markdown, facts.root),
    ...checkLinks(markdown, facts.root),
  ];
}

function checkTitle({ file, headings }: Markdown, number: number): Mistake[] {
  const [first, ...others] = headings.filter((heading) => heading.depth === 1);
  const expected = `# ${number}. Title`;
  const title = new RegExp(`^${number}\\. \\S`);
  if (!first || first.line !== 1 || !title.test(first.text)) {
    const got = first ? `# ${first.text} (line ${first.line})` : "no such heading";
    return [{
      file,
      line: first?.line ?? 1,
      what: "A lesson begins with its title",
      expected,
      got,
    }];
  }
  return others.map(({ line, text }) => ({
    file,
    line,
    what: "A lesson has one title",
    expected: `## ${text}`,
    got: `# ${text}`,
  }));
}

function checkMinutes({ file, prose, headings }: Markdown): Mistake[] {
  const second = headings.find(({ depth }) => depth > 1)?.line ?? prose.length + 1;
  if (/\b\d+ minutes\b/.test(prose.slice(0, second - 1).join(" "))) return [];
  const what = "A lesson says above its first section how long it takes";
  return [{ file, line: 1, what, expected: "About 40 minutes.", got: "no such words" }];
}

/** The lines that lead to a lesson's neighbours on disk; none when it has no neighbour. */
export function navigation(lessons: Lesson[], file: string): string[] {
  const index = lessons.findIndex((lesson) => lesson.file === file);
  const link = (word: string, lesson: Lesson | undefined) =>
    lesson
      ? [`[${word}: ${Number(lesson.number)}. ${lesson.title}](${posix.basename(lesson.file)})`]
      : [];
  const links = [...link("Previous", lessons[index - 1]), ...link("Next", lessons[index + 1])];
  return links.map((line, i) => i < links.length - 1 ? `${line} |` : line);
}

const navigationLine = /^\[(?:Previous|Next): .*\]\(.*\)(?: \|)?$/;

function checkNavigation({ file, lines, prose }: Markdown, expected: string[]): Mistake[] {
  const all = prose.flatMap((line, i) => navigationLine.test(line) ? [i] : []);
  const last = lines.findLastIndex((line) => line.trim() !== "");
  const first = last - expected.length + 1;
  const got = all.map((i) => lines[i]!);
  const inPlace = all.every((i) => i >= first);
  if (inPlace && got.join("\n") === expected.join("\n")) return [];
  return [{
    file,
    line: (all[0] ?? last) + 1,
    what: "A lesson ends with the way to its neighbours on disk (`course sync` writes it)",
    expected: expected.join("\n") || "no such line",
    got: got.join("\n") || "no such line",
  }];
}

/**
 * Writes the way to a lesson's neighbours anew.
 *
 * @param text The lesson's text
 * @param lines From {@link navigation}
 * @returns The lesson's text with these lines at its end
 */
export function withNavigation(text: string, lines: string[]): string {
  const kept = text.trimEnd().split("\n");
  while (navigationLine.test(kept.at(-1)!)) kept.pop();
  const body = kept.join("\n").trimEnd();
  return lines.length > 0 ? `${body}\n\n${lines.join("\n")}\n` : `${body}\n`;
}

function checkExercises({ file, lines }: Markdown, ids: string[]): Mistake[] {
  const text = lines.join("\n");
  return ids.filter((id) => !new RegExp(`\\bcourse check ${id}\\b`).test(text)).map((id) => ({
    file,
    line: lines.length,
    what: `The lesson does not name its exercise ${id}`,
    expected: `course check ${id}`,
    got: "no such words",
  }));
}

const forbidden: [RegExp, string][] = [
  [/\[\^[^\]]+\]/, "a footnote"],
  [/^\s*(?:[-*+]|\d+[.)]) \[[ xX]\] /, "a task list"],
];

function checkForbidden({ file, prose, lines, fences }: Markdown): Mistake[] {
  const wrong = (line: number, what: string): Mistake => ({
    file,
    line,
    what: `GitHub or the site breaks ${what}: write it otherwise`,
  });
  const frontMatter = lines[0] === "---" ? [wrong(1, "front matter")] : [];
  const mermaid = fences.filter(({ language }) => language === "mermaid")
    .map(({ line }) => wrong(line, "a mermaid picture"));
  const inProse = prose.flatMap((text, i) =>
    forbidden.filter(([form]) => form.test(text)).map(([, what]) => wrong(i + 1, what))
  );
  return [...frontMatter, ...mermaid, ...inProse];
}

function checkPermissions(markdown: Markdown, root: string): Mistake[] {
  const { file } = markdown;
  const everything = markdown.fences.filter(({ language }) => ["console", "sh"].includes(language))
    .flatMap(({ body, line }) =>
      body.flatMap((text, i) =>
        /\bdeno\b.* (?:-A|--allow-all)\b/.test(text)
          ? [{ file, line: line + 1 + i, what: "A lesson never shows -A", got: text }]
          : []
      )
    );
  const wider = transcripts(markdown).flatMap(({ commands }) =>
    commands.flatMap(({ text, line }) => {
      const flag = tooWide(text, root);
      const expected = programCalls(text, root)
        .flatMap((it) => it.runLines.find(({ runner }) => runner === "deno run")?.flags ?? [])
        .join(" ");
      const what = "The permissions are wider than those in the program's header";
      return flag ? [{ file, line, what, expected, got: flag }] : [];
    })
  );
  return [...everything, ...wider];
}

/**
 * Follows every link of a markdown file that leads into the repository.
 *
 * @param markdown The file
 * @param root Absolute path of the repository
 */
export function checkLinks(markdown: Markdown, root: string): Mistake[] {
  return markdown.links.flatMap(({ line, target }) => {
    if (/^[a-z][a-z\d+.-]*:/i.test(target)) return [];
    const what = followLink(markdown, target, root);
    return what ? [{ file: markdown.file, line, what, got: target }] : [];
  });
}

/** Why a link leads nowhere; undefined when it leads somewhere. */
function followLink(from: Markdown, target: string, root: string): string | undefined {
  const [path = "", anchor] = target.split("#");
  if (path.startsWith("/")) return "A link must be relative";
  const file = path ? posix.join(posix.dirname(from.file), decodeURI(path)) : from.file;
  if (file.startsWith("..")) return "A link must not lead out of the repository";
  const absolute = join(root, standIn(file));
  if (!existsSync(absolute)) return `A link leads to ${file}, which does not exist`;
  if (statSync(absolute).isDirectory()) return "A link must lead to a file, not to a folder";
  if (anchor === undefined) return undefined;
  if (!file.endsWith(".md")) return "Only headings of markdown have anchors";
  const { headings } = path ? parseMarkdown(file, readFileSync(absolute, "utf8")) : from;
  return followAnchor(headings, file, anchor);
}

// The learner's own files may be missing; what belongs there is what has a solution.
function standIn(file: string): string {
  return file.replace(/^exercises\/(?=.+\.ts$)/, "solutions/");
}

function followAnchor(headings: Heading[], file: string, anchor: string): string | undefined {
  const heading = headings.find((it) => it.anchor === anchor || it.siteAnchor === anchor);
  if (!heading) {
    const has = headings.map((it) => `#${it.anchor}`).join(" ");
    return `${file} has no heading #${anchor}, it has ${has}`;
  }
  if (heading.anchor === heading.siteAnchor) return undefined;
  return `"${heading.text}" is #${heading.anchor} on GitHub and #${heading.siteAnchor} on the ` +
    "site: a link needs a heading with one anchor";
}

/** Examples that no transcript of any lesson runs. */
export function unplayed(examples: string[], lessons: Markdown[], root: string): Mistake[] {
  const played = new Set(
    lessons.flatMap(transcripts).flatMap(({ commands }) =>
      commands.flatMap(({ text }) => programCalls(text, root).map(({ path }) => path))
    ),
  );
  return examples.filter((file) => !played.has(file))
    .map((file) => ({ file, line: 1, what: "No transcript of a lesson runs this example" }));
}
