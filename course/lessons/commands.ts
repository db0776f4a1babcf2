/**
 * What a command that stands in a lesson is when it is run: on which runtime, on which port.
 *
 * @module
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { permissions } from "../disk.ts";
import type { RuntimeName } from "../runtimes.ts";

/** The port that lessons show, and that every program of the course takes when given none. */
export const shownPort = 65432;

/** A file of ours that a command runs. */
export interface ProgramCall {
  runner: "node" | "deno run" | "python3";
  /** what stands between the runner and the file */
  flags: string[];
  /** path from the root */
  path: string;
  /** where the call begins in the command */
  start: number;
  /** where the path ends in the command */
  pathEnd: number;
  /** the words after the path, and where each begins */
  args: { text: string; start: number }[];
  /** how its header says that it is run; empty when it does not */
  runLines: RunLine[];
  /** whether it says where it listens */
  listens: boolean;
}

/** A line of a header that tells how a file is run. */
export interface RunLine {
  runner: ProgramCall["runner"];
  flags: string[];
  /** `["[port]", "[text]"]` */
  synopsis: string[];
}

const runLine =
  /^[ \t*#/]*(node|deno run|python3)((?: -\S+)*) ((?:[\w.-]+\/)*[\w.-]+\.\w+)(?: (.*))?$/gm;

/**
 * How a file's header says that it is run.
 *
 * @param path The file's path from the root; run lines of other files do not count
 * @param source Its text
 */
export function runLines(path: string, source: string): RunLine[] {
  return allRunLines(source).filter((line) => line.path === path);
}

/** Every run line in a file's header, with the path that it names. */
export function allRunLines(source: string): (RunLine & { path: string })[] {
  const head = source.split("\n").slice(0, 60).join("\n");
  return [...head.matchAll(runLine)].map(([, runner, flags, path, rest = ""]) => ({
    runner: runner as RunLine["runner"],
    flags: flags!.trim().split(" ").filter(Boolean),
    path: path!,
    synopsis: rest.split(/ {2,}/)[0]!.split(" ").filter(Boolean),
  }));
}

const call = /(?<![\w/.-])(node|deno run|python3)((?: -\S+)*) ((?:[\w.-]+\/)+[\w.-]+\.(?:ts|py))/g;
const word = / +((?:"[^"]*"|'[^']*'|[^\s"'|;&<>()])+)/y;

/**
 * The files of ours that a command runs.
 *
 * @param command As it stands in the lesson
 * @param root Absolute path of the repository
 */
export function programCalls(command: string, root: string): ProgramCall[] {
  return [...command.matchAll(call)].map((match) => {
    const [all, runner, flags, path] = match as unknown as [string, string, string, string];
    const pathEnd = match.index + all.length;
    const source = existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "";
    return {
      runner: runner as ProgramCall["runner"],
      flags: flags.trim().split(" ").filter(Boolean),
      path,
      start: match.index,
      pathEnd,
      args: words(command, pathEnd),
      runLines: runLines(path, source),
      listens: source.includes("Listening on "),
    };
  });
}

function words(command: string, from: number): ProgramCall["args"] {
  const found: ProgramCall["args"] = [];
  word.lastIndex = from;
  for (let match = word.exec(command); match; match = word.exec(command)) {
    if (match[1]!.startsWith("#")) break;
    found.push({ text: match[1]!, start: match.index + match[0].length - match[1]!.length });
  }
  return found;
}

/**
 * On which runtimes a command can be run: a file that its header starts with Deno alone is not for
 * Node, and the other way round.
 *
 * @param command As it stands in the lesson
 * @param root Absolute path of the repository
 */
export function runtimesOf(command: string, root: string): RuntimeName[] {
  const calls = programCalls(command, root);
  const has = (it: ProgramCall, runner: string) => it.runLines.some((l) => l.runner === runner);
  const onNode = calls.every((it) => it.runner !== "deno run" || has(it, "node"));
  const onDeno = calls.every((it) =>
    it.runner !== "node" || it.runLines.length === 0 ||
    (has(it, "deno run") && it.flags.length === 0)
  );
  return [...onNode ? ["node" as const] : [], ...onDeno ? ["deno" as const] : []];
}

/**
 * A command with everything said that the lesson leaves to defaults: the port, and on Deno the
 * permissions of the header.
 *
 * @param command As it stands in the lesson
 * @param runtime What the word `node` stands for when it runs a file of ours
 * @param root Absolute path of the repository
 */
export function spellOut(command: string, runtime: RuntimeName, root: string): string {
  return programCalls(command, root).reduceRight((text, it) => {
    const withPort = insertPort(text, it);
    const deno = it.runLines.some((line) => line.runner === "deno run");
    if (runtime !== "deno" || it.runner !== "node" || !deno || it.flags.length > 0) return withPort;
    const flags = permissions(readFileSync(join(root, it.path), "utf8"));
    const rest = withPort.slice(it.start + "node".length);
    return `${withPort.slice(0, it.start)}${["deno run", ...flags].join(" ")}${rest}`;
  }, command);
}

function insertPort(text: string, it: ProgramCall): string {
  const index = portIndex(it);
  const given = it.args[index];
  if (index < 0 || index > it.args.length || (given && !given.text.startsWith("-"))) return text;
  if (it.args.some((arg) => arg.text === String(shownPort))) return text;
  const at = it.args[index - 1];
  const end = at ? at.start + at.text.length : it.pathEnd;
  return `${text.slice(0, end)} ${shownPort}${text.slice(end)}`;
}

function portIndex(it: ProgramCall): number {
  const line = it.runLines.find((line) => line.runner === it.runner) ?? it.runLines[0];
  return line?.synopsis.indexOf("[port]") ?? -1;
}

/**
 * The ports that the files of ours are given in a command that was spelled out, as the lesson shows
 * them; 0 is no such port.
 *
 * @param command From {@link spellOut}
 * @param root Absolute path of the repository
 */
export function givenPorts(command: string, root: string): number[] {
  const given = programCalls(command, root).map((it) => Number(it.args[portIndex(it)]?.text));
  return given.filter((port) => port > 0 && port < 65536);
}

/** The port that a server in a command is told to listen on; undefined when there is no server. */
export function servedPort(command: string, root: string): number | undefined {
  const server = programCalls(command, root).find((it) => it.listens && portIndex(it) >= 0);
  const port = Number(server?.args[portIndex(server)]?.text);
  return port >= 0 && port < 65536 ? port : undefined;
}

// The & of 2>&1 separates nothing.
const part = /(?:"[^"]*"|'[^']*'|[<>]&|[^"'|;&\n])+/g;

/** The first word of every part of a pipeline or list: the tools that a command needs. */
export function toolsOf(command: string): string[] {
  const parts = command.replaceAll("\\\n", " ").match(part) ?? [];
  return parts.flatMap((text) => {
    const tool = /^[\s({!]*(?:\w+=\S* +)*([\w./-]+)/.exec(text)?.[1];
    return tool ? [tool] : [];
  });
}

/** A call of Deno whose permissions go beyond those in the file's header; undefined when none. */
export function tooWide(command: string, root: string): string | undefined {
  return programCalls(command, root).filter((it) => it.runner === "deno run").flatMap((it) => {
    const allowed = it.runLines.find((line) => line.runner === "deno run")?.flags ?? [];
    return it.flags.filter((flag) => !allowed.some((wide) => covers(wide, flag)));
  })[0];
}

function covers(wide: string, narrow: string): boolean {
  const [wideName, wideList] = wide.split("=");
  const [narrowName, narrowList] = narrow.split("=");
  if (wideName !== narrowName) return false;
  if (wideList === undefined) return true;
  return narrowList !== undefined &&
    narrowList.split(",").every((item) => wideList.split(",").includes(item));
}
