/**
 * The answers that test the tests: solutions, stubs, and other people's right and wrong ones.
 *
 * Slot names are `exercise` (the learner's own file), `stub`, `solution`, `wrong-1`, `right-1` and
 * so on; the k-th answer of every exercise runs in the k-th slot.
 *
 * @module
 */
import { join } from "node:path";
import { exists, header, names, read, root } from "../disk.ts";
import { Misunderstanding } from "../misunderstanding.ts";
import type { RuntimeName } from "../runtimes.ts";

/** One file under `test/answers/` and what its header says of it. */
export interface Answer {
  /** path from the root */
  file: string;
  /** `"M26"`, `"own"` for a slip of its own, empty for a right answer */
  cause: string;
  /** the header's first sentence */
  what: string;
  /** texts that the verdict on a wrong answer must contain */
  says: string[];
  /** why this wrong answer may share its first sentence with another, if it may */
  sameAs: string;
  /** set when the answer can run on one runtime only */
  runtime?: RuntimeName;
}

/**
 * The answers of one exercise, sorted by name.
 *
 * @param key `"02-echo/1-echo-server"`
 */
export function answers(key: string, kind: "wrong" | "right"): Answer[] {
  const folder = `test/answers/${key}`;
  return names(folder).filter((name) => name.startsWith(`${kind}-`) && name.endsWith(".ts"))
    .map((name) => parse(`${folder}/${name}`));
}

function parse(file: string): Answer {
  const text = header(read(file)).replace(/\n(?!\n|[A-Z][a-z ]+: )/g, " ");
  const first = /^(?:Wrong, (M\d\d|own)|Right): (.*)$/m.exec(text);
  if (!first) {
    throw new Misunderstanding(
      `${file} must open with "Wrong, M26: ...", "Wrong, own: ..." or "Right: ..."`,
    );
  }
  const line = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}: (.*)$`, "gm"))].map((match) => match[1]!.trim());
  const runtime = line("Runtime")[0] as RuntimeName | undefined;
  return {
    file,
    cause: first[1] ?? "",
    what: first[2]!.trim(),
    says: line("Says").map((words) => words.replace(/^"|"$/g, "")),
    sameAs: line("Same as")[0] ?? "",
    ...(runtime ? { runtime } : {}),
  };
}

/**
 * Where the answer in a slot lies.
 *
 * @param key `"02-echo/1-echo-server"`
 * @param slot `"exercise"`, `"stub"`, `"solution"`, `"wrong-2"` ...
 * @returns An absolute path, or undefined when this exercise has no answer for the slot
 */
export function answerPath(key: string, slot: string): string | undefined {
  const [kind, k] = slot.split("-");
  const file = kind === "wrong" || kind === "right"
    ? answers(key, kind)[Number(k) - 1]?.file
    : `${slotFolder(slot)}/${key}.ts`;
  return file && exists(file) ? join(root, file) : undefined;
}

function slotFolder(slot: string): string {
  return { exercise: "exercises", stub: ".course/stubs", solution: "solutions" }[slot] ?? slot;
}

/** All slots that some exercise has an answer for, the solution first. */
export function slots(keys: string[]): string[] {
  const count = (kind: "wrong" | "right") =>
    Math.max(0, ...keys.map((key) => answers(key, kind).length));
  const numbered = (kind: "wrong" | "right") =>
    Array.from({ length: count(kind) }, (_, k) => `${kind}-${k + 1}`);
  return ["solution", "stub", ...numbered("wrong"), ...numbered("right")];
}
