/**
 * What the gate finds wrong in a lesson or an example.
 *
 * @module
 */

/** One thing that is not as it must be, and where. */
export interface Mistake {
  /** path from the root */
  file: string;
  /** counted from 1 */
  line: number;
  /** a sentence without a period */
  what: string;
  /** what should stand there */
  expected?: string;
  /** what was seen */
  got?: string;
}

/**
 * A mistake as text: `lessons/02-echo.md:57: what`, then what was expected and what was got.
 *
 * @param mistake What was found
 * @returns One to three paragraphs of lines, without a newline at the end
 */
export function mistakeText({ file, line, what, expected, got }: Mistake): string {
  const part = (name: string, text: string | undefined) =>
    text === undefined
      ? []
      : [`  ${name.padEnd(9)} ${text.replaceAll("\n", `\n${" ".repeat(12)}`)}`];
  return [`${file}:${line}: ${what}`, ...part("expected:", expected), ...part("got:", got)]
    .join("\n");
}

/**
 * Throws when something was found.
 *
 * @param mistakes What was found; may be empty
 * @throws {Error} With the text of every mistake
 */
export function refuse(mistakes: Mistake[]): void {
  if (mistakes.length > 0) throw new Error(mistakes.map(mistakeText).join("\n\n"));
}

/** Two texts part at this line: its index, and what stands there in each. */
export interface Difference {
  index: number;
  expected: string;
  got: string;
}

/** What stands for a line that is not there. */
export const noLine = "(nothing more)";

/**
 * Where two texts part.
 *
 * @returns The first line that differs, or undefined when the texts are equal
 */
export function firstDifference(expected: string[], got: string[]): Difference | undefined {
  for (let index = 0; index < Math.max(expected.length, got.length); index++) {
    if (expected[index] !== got[index]) {
      return { index, expected: expected[index] ?? noLine, got: got[index] ?? noLine };
    }
  }
  return undefined;
}
