/**
 * Holds the transcripts in a lesson true: runs what stands after the prompts, and compares.
 *
 * Every line must be what was printed, except for numbers that differ from run to run: see
 * {@link lineDiffers}.
 *
 * @module
 */
import process from "node:process";
import { hasAddress } from "../../test/support/ports.ts";
import { runtimesOf, toolsOf } from "./commands.ts";
import type { Transcript, TypedAt } from "./console-fences.ts";
import { type Mistake, noLine } from "./mistakes.ts";
import { play, type Played } from "./play.ts";
import { checkRecorded, readRecorded } from "./recorded.ts";
import type { RuntimeName } from "../runtimes.ts";
import { missingTool } from "./terminals.ts";
import { asShown, lineDiffers, Pairs } from "./wildcards.ts";

/** Where a transcript is run. */
export interface Place {
  /** absolute path of the repository */
  root: string;
  runtime: RuntimeName;
  /** see `PlayOptions` */
  commandMs?: number;
  /** the operating system; this one unless told */
  platform?: string;
  /** whether there is the address ::1; whether this machine has it unless told */
  ipv6?: boolean;
}

/** What came of a transcript. */
export interface Outcome {
  mistakes: Mistake[];
  /** why it was not run */
  skipped?: string;
  /** set when it was not run for want of a tool that a full check has */
  lacks?: string;
}

/** Why a transcript that connects to ::1 is skipped. */
export const noIpv6 = "This machine has no ::1";

const labels = { node: "Node", deno: "Deno" };

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
  const { kind, needsIpv6, commands } = transcript;
  if (!runsOn(transcript, place.root).includes(place.runtime)) {
    return { mistakes: [], skipped: `A program in it does not run on ${labels[place.runtime]}` };
  }
  const { platform = process.platform, ipv6 = hasAddress("::1") } = place;
  if (kind === "linux" && platform !== "linux") {
    return { mistakes: [], skipped: `It is for Linux, this is ${platform}` };
  }
  if (needsIpv6 && !ipv6) return { mistakes: [], skipped: noIpv6 };
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
