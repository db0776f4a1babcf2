/**
 * How the site reads markdown: as GitHub does, where typedoc would not.
 *
 * @module
 */

/** The part of markdown-it that is used here: typedoc hands it over without a type. */
interface MarkdownIt {
  linkify: { set(options: { fuzzyLink: boolean; fuzzyEmail: boolean }): void };
  core: { ruler: { push(name: string, rule: (state: { tokens: Token[] }) => void): void } };
}

interface Token {
  type: string;
  info?: string;
  content: string;
  children?: Token[] | null;
}

/** What code is coloured as. */
export const languages = [
  "c",
  "console",
  "diff",
  "http",
  "javascript",
  "json",
  "python",
  "sh",
  "ts",
];

/** Sets typedoc's markdown parser up. */
export function setUpParser(parser: MarkdownIt): void {
  // README.md and server.py are no web sites in Moldova and Paraguay.
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
  parser.core.ruler.push("course", ({ tokens }) => {
    tokens.forEach((token, i) => {
      if (token.type === "fence") token.info = fenceInfo(token.info ?? "");
      if (token.type === "heading_open") keepCode(tokens[i + 1]!);
    });
  });
}

/** Of "ts file=../examples/...#x" the language, when it is one that can be coloured. */
function fenceInfo(info: string): string {
  const [language = ""] = info.trim().split(/\s+/);
  return languages.includes(language) ? language : "text";
}

/** Typedoc leaves code out of a heading's anchor and entry in the contents, unless it has text. */
function keepCode(heading: Token): void {
  for (const part of heading.children ?? []) {
    if (part.type === "code_inline") part.children = [{ type: "text", content: part.content }];
  }
}
