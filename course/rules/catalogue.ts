/**
 * The two lists that the course keeps of itself: mistakes to refuse, and statements to teach.
 *
 * @module
 */
import { exists, lessons, read } from "../disk.ts";

/** Numbers and texts of all mistakes, `"M26"` to what it is, in order: test/answers/README.md. */
export function catalogue(): Map<string, string> {
  return new Map(rows("test/answers/README.md").filter(([id]) => /^M\d\d$/.test(id)));
}

/** A statement of test/repo/OWED.md. */
export interface Owed {
  statement: string;
  /** what is wrong with it: a place that is missing in a lesson on disk */
  missing: string[];
  /** numbers of lessons that are not on disk yet */
  toCome: string[];
}

/** Holds what the course owes against the lessons on disk. */
export function owed(): Owed[] {
  const texts = new Map(lessons().map(({ number, file }) => [number, read(file)]));
  return rows("test/repo/OWED.md").map(([statement, places]) => {
    const all = places.split(", ").map((place) => place.split("#"));
    const missing = all.filter(([number = "", anchor = ""]) => {
      const text = texts.get(number);
      return text !== undefined && !anchors(text).includes(anchor);
    });
    return {
      statement,
      missing: missing.map((place) => place.join("#")),
      toCome: all.map(([number = ""]) => number).filter((number) => !texts.has(number)),
    };
  });
}

// GitHub's way to make an anchor of a heading; typedoc's is the same for plain words.
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
    title.toLowerCase().replaceAll(/[^a-z0-9 _-]/g, "").replaceAll(" ", "-")
  );
}

function rows(file: string): [string, string][] {
  const text = exists(file) ? read(file) : "";
  return [...text.matchAll(/^\| (.+?) \| (.+?) \|$/gm)]
    .map(([, first = "", second = ""]): [string, string] => [first, second])
    .filter(([first]) => !/^(---|entry|statement)/.test(first));
}
