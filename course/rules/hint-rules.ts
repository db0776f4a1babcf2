/**
 * What the gate finds wrong in a file of hints.
 *
 * @module
 */
import { diagnoses } from "../../test/support/verdict.ts";
import { mishaps } from "../judge/problems.ts";
import { checkLinks } from "./lesson-rules.ts";
import { type Markdown, parseMarkdown } from "../lessons/markdown.ts";
import { type Mistake } from "../lessons/mistakes.ts";

/**
 * Checks a file of hints, see hints.ts for its form.
 *
 * @param file Its path from the root, `"solutions/02-echo/1-echo-server.hints.md"`
 * @param text Its text
 * @param root Absolute path of the repository, where its links lead
 */
export function checkHints(file: string, text: string, root: string): Mistake[] {
  const markdown = parseMarkdown(file, text);
  const titles = markdown.headings.filter(({ depth }) => depth === 2);
  return [
    ...checkTitle(markdown),
    ...checkDiagnoses(file, titles),
    ...titles.flatMap(({ line }, i) =>
      checkSection(markdown, line, titles[i + 1]?.line ?? markdown.lines.length + 1)
    ),
    ...checkLinks(markdown, root),
  ];
}

function checkTitle({ file, lines }: Markdown): Mistake[] {
  const expected = `# Hints for ${/\/\d-([^/]+)\.hints\.md$/.exec(file)?.[1]}`;
  const got = lines[0]!;
  return got === expected ? [] : [{ file, line: 1, what: "Another title", expected, got }];
}

function checkDiagnoses(file: string, titles: Markdown["headings"]): Mistake[] {
  const all = titles.flatMap(({ text, line }) =>
    text.split(/\s+/).map((diagnosis) => ({ diagnosis, line }))
  );
  const known = ["otherwise", ...Object.keys(diagnoses), ...Object.keys(mishaps)];
  const otherwise = all.some(({ diagnosis }) => diagnosis === "otherwise");
  return [
    ...(otherwise ? [] : [{ file, line: 1, what: "There are no hints for ## otherwise" }]),
    ...all.flatMap(({ diagnosis, line }, i) => {
      if (!known.includes(diagnosis)) {
        return [{
          file,
          line,
          what: `"${diagnosis}" is no diagnosis: test/support/verdict.ts, course/judge/problems.ts`,
        }];
      }
      return all.slice(0, i).some((before) => before.diagnosis === diagnosis)
        ? [{ file, line, what: `There are hints for "${diagnosis}" already` }]
        : [];
    }),
  ];
}

// Three levels: a question, the idea with a link into a lesson, the outline of the code.
function checkSection({ file, lines, links }: Markdown, line: number, end: number): Mistake[] {
  const body = lines.slice(line, end - 1).join("\n");
  const numbers = [...body.matchAll(/^(\d+)\. /gm)].map((match) => match[1]).join(" ");
  const [, first = ""] = body.split(/^\d+\. /m);
  const leads = links.some((it) =>
    it.line > line && it.line < end && /lessons\/.+\.md#/.test(it.target)
  );
  return [
    ...(numbers === "1 2 3"
      ? []
      : [{ file, line, what: "Hints have three levels", expected: "1 2 3", got: numbers }]),
    ...(first.includes("?") ? [] : [{ file, line, what: "The first hint asks no question" }]),
    ...(leads ? [] : [{ file, line, what: "No link leads to a section of a lesson" }]),
  ];
}
