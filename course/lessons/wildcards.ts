/**
 * Compares a line of a lesson with a line that was printed: a port, a process id or a time in the
 * lesson stands for one such number, all else for itself.
 *
 * @module
 */

/** The numbers that may differ, after what makes them known as such. */
const wild = new RegExp(
  [
    String.raw`(?<=(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]):|\bport )(?<port>\d{4,5})\b`,
    String.raw`(?<=\bpid )(?<pid>\d+)\b`,
    String.raw`(?<![\d.])(?<ms>\d+(?:\.\d+)?)(?= ms\b)`,
    String.raw`(?<![\d.])(?<seconds>\d+\.\d+)(?= s\b)`,
  ].join("|"),
  "g",
);

/** Which real number a number in the lesson stands for: one for one, the same everywhere. */
export class Pairs {
  readonly #realOf = new Map<string, string>();
  readonly #shownOf = new Map<string, string>();

  /**
   * Notes a pair.
   *
   * @returns Why it cannot be, undefined when it can
   */
  add(kind: "port" | "pid", shown: string, real: string): string | undefined {
    const otherReal = this.#realOf.get(`${kind} ${shown}`);
    const otherShown = this.#shownOf.get(`${kind} ${real}`);
    if (otherReal !== undefined && otherReal !== real) {
      return `the lesson shows ${kind} ${shown} for two: ${otherReal} and ${real}`;
    }
    if (otherShown !== undefined && otherShown !== shown) {
      return `the lesson shows ${kind} ${otherShown} and ${kind} ${shown} for one and the same`;
    }
    this.#realOf.set(`${kind} ${shown}`, real);
    this.#shownOf.set(`${kind} ${real}`, shown);
    return undefined;
  }

  /** The number in the lesson that stands for a real one, undefined when none does yet. */
  shown(kind: "port" | "pid", real: string): string | undefined {
    return this.#shownOf.get(`${kind} ${real}`);
  }

  /** The real number that a number in the lesson stands for, undefined when it is not known yet. */
  real(kind: "port" | "pid", shown: string): string | undefined {
    return this.#realOf.get(`${kind} ${shown}`);
  }
}

/**
 * Compares a line of a lesson with a printed one, and notes the numbers that stand for each other.
 *
 * @param shown The line in the lesson
 * @param real The line that was printed
 * @param pairs What is known so far; the ports that were given to programs are among it
 * @param given Those ports, as the lesson shows them: they are known wherever they stand
 * @returns Why the lines differ (empty: they just do), undefined when they do not
 */
export function lineDiffers(
  shown: string,
  real: string,
  { pairs, given }: { pairs: Pairs; given: number[] },
): string | undefined {
  const holes = findHoles(shown.trimEnd(), given);
  const match = new RegExp(`^${pattern(shown.trimEnd(), holes)}$`).exec(real.trimEnd());
  if (!match) return "";
  for (const [i, { kind, text }] of holes.entries()) {
    if (kind !== "port" && kind !== "pid") continue;
    const why = pairs.add(kind, text, match[i + 1]!);
    if (why) return why;
  }
  return undefined;
}

interface Hole {
  kind: string;
  text: string;
  at: number;
}

function findHoles(line: string, given: number[]): Hole[] {
  const holes = [...line.matchAll(wild)].map((match) => {
    const [kind, text] = Object.entries(match.groups!).find(([, text]) => text !== undefined)!;
    return { kind, text: text!, at: match.index };
  });
  const known = given.flatMap((port) =>
    [...line.matchAll(new RegExp(`\\b${port}\\b`, "g"))].map(({ index }) => ({
      kind: "port",
      text: String(port),
      at: index,
    }))
  );
  const other = known.filter(({ at }) => !holes.some((hole) => hole.at === at));
  return [...holes, ...other].sort((a, b) => a.at - b.at);
}

function pattern(line: string, holes: Hole[]): string {
  let end = 0;
  const parts = holes.map(({ kind, text, at }) => {
    const before = line.slice(end, at);
    end = at + text.length;
    // In a column of times, those with fewer digits have more spaces before them.
    const padding = kind === "ms" ? /(?:^ +| {2,})$/.exec(before)?.[0] ?? "" : "";
    const literal = RegExp.escape(before.slice(0, before.length - padding.length));
    return `${literal}${padding && " *"}(${
      text.includes(".") ? String.raw`\d+\.\d+` : String.raw`\d+`
    })`;
  });
  return parts.join("") + RegExp.escape(line.slice(end));
}

/**
 * A printed line as a lesson would show it.
 *
 * @param real The line that was printed
 * @param pairs Which numbers of the lesson are known to stand for which real ones
 */
export function asShown(real: string, pairs: Pairs): string {
  return real.trimEnd().replace(/\d+/g, (number, at: number) => {
    const kind = real.slice(0, at).endsWith("pid ") ? "pid" : "port";
    return pairs.shown(kind, number) ?? number;
  });
}
