/**
 * Holds the transcripts in a lesson true: runs what stands after the prompts, and compares.
 *
 *     ```console                 run on both runtimes; `1$` and `2$` are two terminals, `$` is one
 *     ```console linux           run on Linux only
 *     ```console recorded file=  equal to a stored file, which names the command that made it
 *
 * Below a prompt stands all that its command printed during the whole transcript, on both of its
 * outputs. `^C` on a line of its own is where it was interrupted. What else may differ from run to
 * run, see {@link lineDiffers}.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import process from "node:process";
import { runtimesOf, toolsOf } from "./commands.ts";
import { type Fence, fileOf, type Markdown } from "./markdown.ts";
import { firstDifference, type Mistake, noLine } from "./mistakes.ts";
import { play, type Played, type Typed } from "./play.ts";
import type { RuntimeName } from "./runtimes.ts";
import { missingTool } from "./terminals.ts";
import { asShown, lineDiffers, Pairs } from "./wildcards.ts";

/** A console fence, read. */
export interface Transcript {
  /** the lesson, path from the root */
  file: string;
  fence: Fence;
  kind: "run" | "linux" | "recorded";
  commands: TypedAt[];
  /** what is wrong with how it is written */
  mistakes: Mistake[];
}

/** A command with its place in the lesson. */
export interface TypedAt extends Typed {
  /** line of its prompt in the lesson */
  line: number;
  /** lines of the fence: its prompt, its output, blank ones that end it */
  prompt: string[];
  blank: string[];
}

/** Where a transcript is run. */
export interface Place {
  /** absolute path of the repository */
  root: string;
  runtime: RuntimeName;
  /** see `PlayOptions` */
  commandMs?: number;
  /** the operating system; this one unless told */
  platform?: string;
}

/** What came of a transcript. */
export interface Outcome {
  mistakes: Mistake[];
  /** why it was not run */
  skipped?: string;
  /** set when it was not run for want of a tool that a full check has */
  lacks?: string;
}

const labels = { node: "Node", deno: "Deno" };

const prompt = /^(\d?)\$ (.+)$/;

/** The transcripts of a lesson. */
export function transcripts(markdown: Markdown): Transcript[] {
  return markdown.fences.filter((fence) => fence.language === "console").map((fence) => {
    const [kind = "run"] = fence.words.filter((it) => !it.startsWith("file="));
    const transcript = { file: markdown.file, fence, commands: commandsOf(fence) };
    const mistakes = writing(markdown.file, fence, kind, transcript.commands);
    return { ...transcript, kind: kind as Transcript["kind"], mistakes };
  });
}

function commandsOf({ body, line }: Fence): TypedAt[] {
  const commands: TypedAt[] = [];
  let last: TypedAt | undefined;
  body.forEach((text, i) => {
    const [, terminal, typed] = prompt.exec(text) ?? [];
    if (typed !== undefined) {
      last = {
        terminal: terminal!,
        text: typed,
        output: [],
        line: line + 1 + i,
        prompt: [text],
        blank: [],
      };
      commands.push(last);
    } else if (last?.text.endsWith("\\") && last.output.length === 0) {
      last.text += `\n${text}`;
      last.prompt.push(text);
    } else {
      last?.output.push(text.trimEnd());
    }
  });
  for (const it of commands) {
    while (it.output.at(-1) === "") it.blank.push(it.output.pop()!);
  }
  return commands;
}

function writing(file: string, fence: Fence, kind: string, commands: TypedAt[]): Mistake[] {
  const mistakes: Mistake[] = [];
  const wrong = (line: number, what: string) => mistakes.push({ file, line, what });
  if (!["run", "linux", "recorded"].includes(kind)) {
    wrong(fence.line, `A console fence is plain, "linux" or "recorded", got "${kind}"`);
  }
  if (kind === "recorded" && fileOf(fence) === undefined) {
    wrong(fence.line, "A recorded transcript must name its file: file=data/NN-slug/name.txt");
  }
  if (kind !== "recorded" && !prompt.test(fence.body[0] ?? "")) {
    wrong(fence.line + 1, 'A transcript must begin with a prompt, "$ ..." or "1$ ..."');
  }
  const plain = commands.filter(({ terminal }) => terminal === "").length;
  if (plain > 0 && plain < commands.length) {
    wrong(fence.line, 'A transcript has prompts "$" or prompts "1$" and "2$", this one has both');
  }
  return mistakes;
}

/**
 * Runs a transcript and compares.
 *
 * @param transcript From {@link transcripts}
 * @param place Where; the word `node` stands for the runtime in it
 */
export async function checkTranscript(transcript: Transcript, place: Place): Promise<Outcome> {
  const { kind, mistakes, commands } = transcript;
  if (mistakes.length > 0) return { mistakes };
  if (kind === "recorded") return { mistakes: checkRecorded(transcript, place.root) };
  const hindered = await hindrance(transcript, place);
  if (hindered) return hindered;

  const played = await play(commands, { ...place, known: true });
  return { mistakes: comparePlayed(transcript, played, place.runtime) };
}

/**
 * Compares what a transcript shows with what was printed when it was played.
 *
 * @param transcript From {@link transcripts}
 * @param played What came of its commands
 * @param runtime What the word `node` stood for
 */
export function comparePlayed(
  { file, commands }: Transcript,
  { lines, ports, problems }: Played,
  runtime: RuntimeName,
): Mistake[] {
  const { pairs, given } = portPairs(ports);
  const label = labels[runtime];
  const misbehaved = problems.map(({ index, what }) => {
    const { line, prompt } = commands[index]!;
    return { file, line, what: `${prompt[0]} on ${label}: ${what}` };
  });
  const different = commands.flatMap((command, i) =>
    compare(file, command, lines[i]!, { pairs, given, label })
  );
  return [...misbehaved, ...different];
}

/** On which runtimes a transcript is to be true: both, unless a program of it is for one only. */
export function runsOn({ kind, commands }: Transcript, root: string): RuntimeName[] {
  const names: RuntimeName[] = ["node", "deno"];
  if (kind === "recorded") return names;
  return names.filter((name) =>
    commands.every(({ text }) => runtimesOf(text, root).includes(name))
  );
}

/** Why a transcript cannot be run here; undefined when it can. */
async function hindrance(transcript: Transcript, place: Place): Promise<Outcome | undefined> {
  const { kind, commands } = transcript;
  if (!runsOn(transcript, place.root).includes(place.runtime)) {
    return { mistakes: [], skipped: `A program in it does not run on ${labels[place.runtime]}` };
  }
  const { platform = process.platform } = place;
  if (kind === "linux" && platform !== "linux") {
    return { mistakes: [], skipped: `It is for Linux, this is ${platform}` };
  }
  if (platform === "win32") {
    return { mistakes: [], skipped: "Transcripts are run by sh, which Windows does not have" };
  }
  const tool = await missingTool(commands.flatMap(({ text }) => toolsOf(text)));
  return tool ? { mistakes: [], skipped: `${tool} is not installed`, lacks: tool } : undefined;
}

interface Known {
  pairs: Pairs;
  /** ports that programs were given, as the lesson shows them */
  given: number[];
}

function portPairs(ports: Map<number, number>): Known {
  const pairs = new Pairs();
  for (const [shown, real] of ports) pairs.add("port", String(shown), String(real));
  return { pairs, given: [...ports.keys()] };
}

/** The first line at which a command did not print what the lesson shows. */
function compare(
  file: string,
  command: TypedAt,
  real: string[],
  { label, ...known }: Known & { label: string },
): Mistake[] {
  const printed = withoutBlankEnd(real);
  for (let i = 0; i < Math.max(command.output.length, printed.length); i++) {
    const [shown = noLine, got = noLine] = [command.output[i], printed[i]];
    const why = lineDiffers(shown, got, known);
    if (why === undefined) continue;
    const line = command.line + command.prompt.length + i;
    const what = `${command.prompt[0]} does not print this on ${label}${why && `: ${why}`}`;
    return [{ file, line, what, expected: shown, got: asShown(got, known.pairs) }];
  }
  return [];
}

function withoutBlankEnd(lines: string[]): string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== "") + 1);
}

/** A stored output: the command after `# `, then what it printed. */
function readRecorded({ file, fence }: Transcript, root: string): string[] | undefined {
  const path = join(root, posix.join(posix.dirname(file), fileOf(fence)!));
  if (!existsSync(path)) return undefined;
  const lines = readFileSync(path, "utf8").replace(/\n$/, "").split("\n");
  if (!lines[0]?.startsWith("# ")) return undefined;
  const output = lines.slice(1).map((line) => line.trimEnd());
  // Who shows a prompt shows the whole command.
  return prompt.test(fence.body[0] ?? "") ? [lines[0].replace(/^# /, "$ "), ...output] : output;
}

function checkRecorded(transcript: Transcript, root: string): Mistake[] {
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

/**
 * Runs a transcript anew, and writes down what was printed.
 *
 * A line of the lesson that is still true keeps its numbers. A new one has the shown port for the
 * server's, and otherwise the numbers that were seen.
 *
 * @param transcript From {@link transcripts}
 * @returns The fence's new body, or why it was not run
 */
export async function freshTranscript(
  transcript: Transcript,
  place: Place,
): Promise<{ body: string[] } | { skipped: string }> {
  const { commands, kind, mistakes } = transcript;
  if (kind === "recorded") {
    return { body: readRecorded(transcript, place.root) ?? transcript.fence.body };
  }
  if (mistakes.length > 0) return { skipped: mistakes[0]!.what };
  const hindered = await hindrance(transcript, place);
  if (hindered) return { skipped: hindered.skipped! };
  const { lines, ports } = await play(commands, { ...place, known: false });
  return { body: rewrite(commands, lines, portPairs(ports)) };
}

function rewrite(commands: TypedAt[], lines: string[][], known: Known): string[] {
  const kept = commands.map(({ output }, i) =>
    lines[i]!.map((real, k) =>
      output[k] !== undefined && lineDiffers(output[k], real, known) === undefined
        ? output[k]
        : undefined
    )
  );
  return commands.flatMap(({ prompt, blank }, i) => [
    ...prompt,
    ...withoutBlankEnd(lines[i]!.map((real, k) => kept[i]![k] ?? asShown(real, known.pairs))),
    ...blank,
  ]);
}
