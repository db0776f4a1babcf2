/**
 * Errors of an answer in the learner's words: a sentence, and where it happened.
 *
 * @module
 */
import { stripVTControlCharacters } from "node:util";
import { root } from "../disk.ts";
import type { Hang } from "./heartbeats.ts";
import type { Problem } from "./judge.ts";
import { notWritten } from "../answers/stub.ts";

/** What the runner can say of an answer besides the diagnoses of the harness. */
export const mishaps = {
  "syntax": "can it not be read as TypeScript?",
  "import": "did it throw, or exit, while it was loaded?",
  "needs-deno": "does it call Deno's own API, and is this Node?",
  "no-export": "does it lack what the tests call?",
  "never-loaded": "did an await outside of all functions never settle?",
  "endless-loop": "did its event loop stand still?",
  "waits": "did it wait in a call of the system that did not return?",
  "killed": "did its process come to a sudden end?",
} as const;

/** An error in the learner's words. */
export interface Description {
  diagnosis?: string;
  sentence: string;
  /** up to five lines */
  picture?: string[];
  story?: string[];
}

/** An error out of a test: a verdict of the harness, or anything else. */
export function describe(problem: Problem): Description {
  const { diagnosis, picture, story } = problem;
  const sentence = inWords(problem.message);
  const slip = slipIn(sentence);
  if (slip) return slip;
  if (diagnosis) return { diagnosis, sentence, picture: picture ?? [], story: story ?? [] };
  return { sentence: `${problem.name ?? "Error"}: ${sentence}`, picture: placesOf(problem) };
}

/** An error that kept a file from being loaded. */
export function describeLoading(problem: Problem): Description {
  if (problem.message.startsWith(notWritten)) {
    return {
      diagnosis: "not-written",
      sentence: "It is not written yet: it throws where its TODO stands",
    };
  }
  const text = stripVTControlCharacters(problem.message);
  const [, what, file, line] = /\[PARSE_ERROR\] (.+)[\s\S]*?\[ (\S+):(\d+):\d+ \]/.exec(text) ?? [];
  if (what) {
    return {
      diagnosis: "syntax",
      sentence: `Line ${line} of ${file} cannot be read as TypeScript: ${what}`,
      picture: sourceLines(text),
    };
  }
  const sentence = inWords(problem.message);
  return slipIn(sentence) ?? {
    diagnosis: "import",
    sentence: sentence.startsWith("process.exit")
      ? `${sentence} while it was loaded, before any test could call it`
      : `It could not be loaded: ${problem.name ?? "Error"}: ${sentence}`,
    picture: placesOf(problem),
  };
}

/** What has nothing to do with TCP, and is plainer in other words than in the harness's. */
const slips: [RegExp, keyof typeof mishaps, (...found: string[]) => string][] = [
  [
    /Deno is not defined/,
    "needs-deno",
    () => 'It calls Deno\'s own API, and this is Node. Add the word "deno" to the check',
  ],
  [
    /^(\w+)\(\).* failed: TypeError: \1 is not a function/,
    "no-export",
    (name) => `It exports no function ${name}, which the tests call`,
  ],
  [
    /SyntaxError(?: \[\w+\])?: (.+)/,
    "syntax",
    (what) => `It cannot be read as TypeScript: ${what}`,
  ],
  [
    /(?:Cannot find (?:module|package)|Module not found) ['"](?:file:\/\/)?(.+?)['"]/,
    "import",
    (module) => `It imports ${module}, which is not there`,
  ],
];

function slipIn(sentence: string): Description | undefined {
  for (const [pattern, diagnosis, say] of slips) {
    const found = pattern.exec(sentence);
    if (found) return { diagnosis, sentence: say(...found.slice(1)) };
  }
  return undefined;
}

/** An answer that never came back. */
export function describeHang({ loading, waits }: Hang): Description {
  if (loading) {
    return {
      diagnosis: "never-loaded",
      sentence: "It was never loaded: an await outside of all functions still waits",
    };
  }
  return waits
    ? {
      diagnosis: "waits",
      sentence: "It waited in a call of the system that did not return: nothing else could happen",
    }
    : {
      diagnosis: "endless-loop",
      sentence: "It computed without a pause and never came back: an endless loop",
    };
}

// The first line of a message, with paths from the root; vitest turns process.exit() into an error.
function inWords(message: string): string {
  return message.split("\n")[0]!.replaceAll(root, "")
    .replace(
      /(?:Error: )?process\.exit unexpectedly called with "(.*?)"/,
      "process.exit($1) was called",
    )
    .replace(/ \(test file: .*?\)/, "");
}

// The line in question with its number, and a caret under the fault.
function sourceLines(text: string): string[] {
  return text.split("\n").filter((line) => /^ *\d+ │|┬/.test(line)).slice(0, 4)
    .map((line) => line.replace("│", "|").replaceAll(/[┬─]/g, "^").trimEnd());
}

function placesOf(problem: Problem): string[] {
  return (problem.stack ?? "").split("\n")
    .map((line) => /^\s+at .*?([^\s(/][^\s(]*\.ts:\d+):\d+\)?$/.exec(line.replace(root, ""))?.[1])
    .filter((place) => place !== undefined && !place.startsWith("test/"))
    .slice(0, 3).map((place) => `at ${place}`);
}
