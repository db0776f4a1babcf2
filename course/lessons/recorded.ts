/**
 * Transcripts that are not run: what a command printed once, in a file that names the command.
 *
 * The file's first line is `# command`, all others are what it printed. A fence shows the output,
 * below the prompt `$ command` or without it.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { prompt, type Transcript } from "./console-fences.ts";
import { fileOf } from "./markdown.ts";
import { firstDifference, type Mistake } from "./mistakes.ts";

/**
 * What a recorded transcript must show.
 *
 * @returns The lines of its fence, undefined when there is no such file or it names no command
 */
export function readRecorded({ file, fence }: Transcript, root: string): string[] | undefined {
  const path = join(root, posix.join(posix.dirname(file), fileOf(fence)!));
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").replace(/\n$/, "").split("\n");
  if (!lines[0]?.startsWith("# ")) return undefined;
  const output = lines.slice(1).map((line) => line.trimEnd());
  // Who shows a prompt shows the whole command.
  return prompt.test(fence.body[0] ?? "") ? [lines[0].replace(/^# /, "$ "), ...output] : output;
}

/** Compares a recorded transcript with its file. */
export function checkRecorded(transcript: Transcript, root: string): Mistake[] {
  const { file, fence } = transcript;
  const recorded = readRecorded(transcript, root);
  const name = fileOf(fence)!;
  if (!recorded) {
    const what = `There is no file ${name}, or its first line does not name a command: "# command"`;
    return [{ file, line: fence.line, what }];
  }
  const different = firstDifference(recorded, fence.body);
  if (!different) return [];
  const { index, expected, got } = different;
  const what = `The transcript is not what is stored in ${name}`;
  return [{ file, line: fence.line + 1 + index, what, expected, got }];
}
