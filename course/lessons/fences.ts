/**
 * Holds the code in a lesson's fences equal to the files that it comes from.
 *
 * A fence names its source in its info string, relative to the lesson:
 *
 *     ```ts file=../examples/02-echo/echo-server.ts#accept
 *
 * With a name it is the text between `// #region accept` and `// #endregion accept`, moved to the
 * left; without one it is the whole file without those markers.
 *
 * @module
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { type Fence, fileOf, type Markdown } from "./markdown.ts";
import { firstDifference, type Mistake } from "./mistakes.ts";

/** The most regions that a file may be cut into. */
export const mostRegions = 3;

/** A named piece of a file. */
export interface Region {
  name: string;
  /** line of its opening marker, counted from 1 */
  line: number;
  /** its text, moved to the left, without blank lines around it */
  body: string[];
}

/** A file's regions, and what is wrong with their markers. */
export interface Regions {
  regions: Region[];
  mistakes: Mistake[];
}

/** Languages whose fences come from no file: words to read, words to type, a run. */
const withoutFile = ["text", "sh", "console"];

const marker = /^[ \t]*(?:\/\/|#) ?#(region|endregion)\b[ \t]*(\S*)/;

/**
 * Reads the regions of a source file.
 *
 * @param file Path for the messages
 * @param source The file's text
 */
export function readRegions(file: string, source: string): Regions {
  const lines = source.split("\n");
  const regions: Region[] = [];
  const mistakes: Mistake[] = [];
  const wrong = (line: number, what: string) => mistakes.push({ file, line, what });
  let open: { name: string; line: number } | undefined;
  lines.forEach((text, i) => {
    const [, kind, name] = marker.exec(text) ?? [];
    const line = i + 1;
    if (kind === "region") {
      if (open) wrong(line, `A region begins inside the region "${open.name}"`);
      checkName(name!, regions, (what) => wrong(line, what));
      open = { name: name!, line };
    } else if (kind && !open) {
      wrong(line, "A region ends that did not begin");
    } else if (kind && open) {
      if (name && name !== open.name) wrong(line, `The region "${open.name}" ends as "${name}"`);
      regions.push({ ...open, body: dedent(lines.slice(open.line, i)) });
      open = undefined;
    }
  });
  if (open) wrong(open.line, `The region "${open.name}" has no end`);
  if (regions.length > mostRegions) {
    wrong(1, `A file has at most ${mostRegions} regions, this one has ${regions.length}`);
  }
  return { regions, mistakes };
}

function checkName(name: string, regions: Region[], wrong: (what: string) => void): void {
  if (!name) wrong("A region must have a name");
  if (["todo", "cut"].includes(name)) wrong(`A region "${name}" belongs into a solution only`);
  if (regions.some((region) => region.name === name)) wrong(`Two regions are named "${name}"`);
}

/** Moves lines to the left as far as all of them go, and drops blank lines around them. */
function dedent(lines: string[]): string[] {
  const first = lines.findIndex((line) => line.trim());
  const last = lines.findLastIndex((line) => line.trim());
  const kept = lines.slice(Math.max(first, 0), last + 1);
  const indents = kept.filter((line) => line.trim()).map((line) => /^[ \t]*/.exec(line)![0].length);
  const width = Math.min(...indents, Infinity);
  return kept.map((line) => line.slice(width === Infinity ? 0 : width).trimEnd());
}

/** A file that a fence names, or what is wrong with the name. */
interface Source {
  /** path from the root, with `#region` when the fence names one */
  name: string;
  body: string[];
  mistakes: Mistake[];
}

function readSource(markdown: Markdown, fence: Fence, root: string): Source {
  const [target = "", name] = fileOf(fence)!.split("#");
  const path = posix.join(posix.dirname(markdown.file), target);
  const source: Source = { name: name ? `${path}#${name}` : path, body: [], mistakes: [] };
  const wrong = (what: string) => [{ file: markdown.file, line: fence.line, what }];
  const unfit = whyUnfit(path, root);
  if (unfit) return { ...source, mistakes: wrong(unfit) };

  const text = readFileSync(join(root, path), "utf8");
  const { regions, mistakes } = readRegions(path, text);
  if (!name) {
    return { ...source, mistakes, body: dedent(text.split("\n").filter((it) => !marker.test(it))) };
  }
  const region = regions.find((it) => it.name === name);
  if (region) return { ...source, mistakes, body: region.body };
  const has = regions.map((it) => it.name).join(", ") || "none";
  return {
    ...source,
    mistakes: [...wrong(`${path} has no region "${name}", it has ${has}`), ...mistakes],
  };
}

/** Why a fence may not be taken from a file; undefined when it may. */
function whyUnfit(path: string, root: string): string | undefined {
  if (path.startsWith("..")) return `A fence may not be taken from ${path}: it is outside`;
  if (path.startsWith("exercises/")) {
    return `A fence may not be taken from ${path}: it is the learner's`;
  }
  if (existsSync(join(root, path)) && statSync(join(root, path)).isFile()) return undefined;
  return `There is no file ${path}`;
}

/**
 * Compares every fence that names a file with that file.
 *
 * @param markdown The lesson
 * @param root Absolute path of the repository
 */
export function checkFences(markdown: Markdown, root: string): Mistake[] {
  return markdown.fences.flatMap((fence) => {
    const { language, line } = fence;
    const wrong = (what: string): Mistake[] => [{ file: markdown.file, line, what }];
    if (fence.end > markdown.lines.length) return wrong("A fence has no end");
    if (!language) return wrong('A fence must say its language, "text" when it has none');
    if (language === "console") return [];
    if (fileOf(fence) !== undefined) return compare(markdown, fence, root);
    if (withoutFile.includes(language)) return [];
    return wrong(`A fence of "${language}" must name the file it comes from: file=../path#region`);
  });
}

function compare(markdown: Markdown, fence: Fence, root: string): Mistake[] {
  const { name, body, mistakes } = readSource(markdown, fence, root);
  if (mistakes.length > 0) return mistakes;
  const different = firstDifference(body, fence.body);
  if (!different) return [];
  const { index, expected, got } = different;
  const what = `The fence is not what stands in ${name}`;
  return [{ file: markdown.file, line: fence.line + 1 + index, what, expected, got }];
}

/**
 * Regions of a file that no fence shows.
 *
 * @param file Path from the root
 * @param source The file's text
 * @param quoted What the lessons quote, see {@link quotedRegions}
 */
export function strayRegions(file: string, source: string, quoted: Set<string>): Mistake[] {
  return readRegions(file, source).regions.filter(({ name }) => !quoted.has(`${file}#${name}`))
    .map(({ name, line }) => ({ file, line, what: `No lesson quotes the region "${name}"` }));
}

/** The regions that a lesson quotes, `"examples/02-echo/echo-server.ts#accept"`. */
export function quotedRegions(markdown: Markdown): string[] {
  return markdown.fences.map(fileOf).filter((name) => name !== undefined)
    .map((name) => posix.join(posix.dirname(markdown.file), name));
}

/**
 * Takes every fence that names a file anew from that file.
 *
 * @param markdown The lesson
 * @param root Absolute path of the repository
 * @returns The new bodies, by the line of the fence; only of those that changed
 */
export function freshFences(markdown: Markdown, root: string): Map<number, string[]> {
  const fresh = new Map<number, string[]>();
  for (const fence of markdown.fences) {
    if (fence.language === "console" || fileOf(fence) === undefined) continue;
    const { body, mistakes } = readSource(markdown, fence, root);
    if (mistakes.length === 0 && firstDifference(body, fence.body)) fresh.set(fence.line, body);
  }
  return fresh;
}

/**
 * Puts new bodies into fences.
 *
 * @param markdown The lesson
 * @param bodies The new bodies, by the line of the fence
 * @returns The lesson's new text
 */
export function replaceBodies(markdown: Markdown, bodies: Map<number, string[]>): string {
  const lines = [...markdown.lines];
  for (const fence of markdown.fences.toReversed()) {
    const body = bodies.get(fence.line)?.map((line) => `${fence.prefix}${line}`.trimEnd());
    if (body) lines.splice(fence.line, fence.end - fence.line - 1, ...body);
  }
  return lines.join("\n");
}
