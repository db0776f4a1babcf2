/**
 * The hints that lie beside a solution: for each diagnosis a question, an idea, an outline.
 *
 * `solutions/NN-slug/K-name.hints.md` has a heading `## starved` for a diagnosis of the harness (or
 * several, `## sent-nothing stopped-short`), `## otherwise` for all others, and under each a numbered
 * list of three: what to look at, the idea with a link into the lesson, the outline of the code.
 *
 * @module
 */
import { posix } from "node:path";
import { exists, read } from "../disk.ts";

/** The hints on one diagnosis. */
export interface Hints {
  /** three texts, each telling more than the one before */
  levels: string[];
  /** the first link into a lesson, `"lessons/02-echo.md#half-close"` */
  section?: string;
}

/**
 * The hints on a diagnosis.
 *
 * @param or What to give when it has none of its own: those under `otherwise`, unless told
 */
export function hintsFor(
  key: string,
  diagnosis: string,
  or: "otherwise" | "nothing" = "otherwise",
): Hints | undefined {
  const file = `solutions/${key}.hints.md`;
  if (!exists(file)) return undefined;
  const all = parseHints(read(file), posix.dirname(file));
  return all.get(diagnosis) ?? all.get(or);
}

/**
 * Reads a file of hints.
 *
 * @param folder Folder of the file from the root, against which its links resolve
 */
export function parseHints(markdown: string, folder: string): Map<string, Hints> {
  const all = new Map<string, Hints>();
  for (const part of markdown.split(/^## /m).slice(1)) {
    const [title = "", ...body] = part.split("\n");
    const items = body.join("\n").split(/^\d\. /m).slice(1)
      .map((item) => item.replace(/\s*\n\s*/g, " ").trim());
    const target = /\]\(([^)]+)\)/.exec(part)?.[1];
    const levels = items.map((item) => item.replace(/\[([^\]]+)\]\(([^)]+)\)/g, "$1"));
    const hints = { levels, ...(target ? { section: posix.join(folder, target) } : {}) };
    for (const diagnosis of title.trim().split(/\s+/)) all.set(diagnosis, hints);
  }
  return all;
}
