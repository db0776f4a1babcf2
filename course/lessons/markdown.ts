/**
 * Reads the markdown of a lesson: its fences, headings and links.
 *
 * Not a markdown parser for everyone: it reads what the lessons use and leaves the rest to
 * markdownlint.
 *
 * @module
 */

/** A code fence. */
export interface Fence {
  /** line of the opening fence, counted from 1 */
  line: number;
  /** line of the closing fence; past the last line when there is none */
  end: number;
  /** what stands before every line of it, blanks or `> ` */
  prefix: string;
  /** the first word after the backticks */
  language: string;
  /** the other words after the backticks */
  words: string[];
  /** the lines between, without their prefix */
  body: string[];
}

/** A heading, and the anchors that lead to it. */
export interface Heading {
  line: number;
  /** 1 to 6 */
  depth: number;
  text: string;
  /** the anchor that GitHub makes */
  anchor: string;
  /** the anchor that typedoc makes on the site */
  siteAnchor: string;
}

/** A link or an image. */
export interface Link {
  line: number;
  /** `"../examples/02-echo/echo-server.ts"`, `"#what-happened"`, `"https://..."` */
  target: string;
}

/** A markdown file, read. */
export interface Markdown {
  /** path from the root */
  file: string;
  lines: string[];
  fences: Fence[];
  headings: Heading[];
  links: Link[];
  /** the lines with fences, comments and code in backticks blanked, for looking into the prose */
  prose: string[];
}

/**
 * Reads a markdown text.
 *
 * @param file Path of the file from the root, for messages and for links
 * @param text Its text
 */
export function parseMarkdown(file: string, text: string): Markdown {
  const lines = text.split("\n");
  const fences = findFences(lines);
  const unfenced = lines.map((line, i) => isFenced(fences, i + 1) ? "" : line);
  const prose = blankCode(unfenced.join("\n")).split("\n");
  return { file, lines, fences, headings: findHeadings(unfenced), links: findLinks(prose), prose };
}

/** The value of `file=` in a fence's info string, undefined when there is none. */
export function fileOf(fence: Fence): string | undefined {
  return fence.words.find((word) => word.startsWith("file="))?.slice("file=".length);
}

const opening = /^((?:[ \t]|> ?)*)(`{3,}|~{3,})[ \t]*([^`]*)$/;

function findFences(lines: string[]): Fence[] {
  const fences: Fence[] = [];
  for (let i = 0; i < lines.length; i++) {
    const [, prefix, marks, info] = opening.exec(lines[i]!) ?? [];
    if (prefix === undefined || marks === undefined) continue;
    const closes = new RegExp(`^[> \\t]*${marks[0]}{${marks.length},}[ \\t]*$`);
    const found = lines.findIndex((line, k) => k > i && closes.test(line));
    const end = found < 0 ? lines.length : found;
    const [language = "", ...words] = info!.trim().split(/\s+/);
    const body = lines.slice(i + 1, end).map((line) => withoutPrefix(line, prefix));
    fences.push({ line: i + 1, end: end + 1, prefix, language, words, body });
    i = end;
  }
  return fences;
}

function withoutPrefix(line: string, prefix: string): string {
  return line.startsWith(prefix) ? line.slice(prefix.length) : line.replace(/^[> \t]+/, "");
}

function isFenced(fences: Fence[], line: number): boolean {
  return fences.some((fence) => fence.line <= line && line <= fence.end);
}

// A span of code ends at as many backticks as it began with, in the same paragraph.
const codeSpan = /(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n)[\s\S])*?(?<!`)\1(?!`)/g;

function blankCode(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, " ");
  return text.replace(/<!--[\s\S]*?-->/g, blank).replace(codeSpan, blank);
}

function findHeadings(lines: string[]): Heading[] {
  const github = new Slugs(githubSlug);
  const site = new Slugs(siteSlug);
  return lines.flatMap((line, i) => {
    const [, marks, raw] = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$/.exec(line) ?? [];
    if (!marks) return [];
    const text = plain(raw!);
    const [anchor, siteAnchor] = [github.next(text), site.next(text)];
    return [{ line: i + 1, depth: marks.length, text, anchor, siteAnchor }];
  });
}

/** The text of a heading without its markup. */
function plain(text: string): string {
  return text.split(/(`[^`]*`)/).map((part) =>
    part.startsWith("`")
      ? part.slice(1, -1)
      : part.replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/<[^>]+>|\*+/g, "")
        .replace(/(?<!\w)_+|_+(?!\w)/g, "")
  ).join("");
}

class Slugs {
  readonly #seen = new Map<string, number>();
  readonly #slug: (text: string) => string;

  constructor(slug: (text: string) => string) {
    this.#slug = slug;
  }

  next(text: string): string {
    const slug = this.#slug(text);
    const count = this.#seen.get(slug);
    this.#seen.set(slug, (count ?? -1) + 1);
    return count === undefined ? slug : `${slug}-${count + 1}`;
  }
}

function githubSlug(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "").replaceAll(" ", "-");
}

// The class Slugger of typedoc, which does not export it.
const droppedOnSite = /[\u2000-\u206F\u2E00-\u2E7F\\'!"#$%&()*+,./:;<=>?@[\]^`{|}~]/g;

function siteSlug(text: string): string {
  const slug = text.trim().replace(droppedOnSite, "").replace(/\s/g, "-").replace(/--+/, "-");
  return slug.toLowerCase() || "_";
}

const linkForms = [
  /\]\(\s*<?([^\s)>]+)>?(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/g, // [text](target) and ![text](target)
  /^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)>?/gm, // [id]: target
  /\b(?:href|src)="([^"]+)"/g, // <img src="target">
];

function findLinks(prose: string[]): Link[] {
  const text = prose.join("\n");
  const lineAt = (index: number) => text.slice(0, index).split("\n").length;
  return linkForms.flatMap((form) =>
    [...text.matchAll(form)].map((match) => ({ line: lineAt(match.index), target: match[1]! }))
  ).sort((a, b) => a.line - b.line);
}
