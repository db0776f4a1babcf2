/**
 * The echo servers that are measured, and how each is started.
 *
 * @module
 */
import { join } from "node:path";
import { root } from "../course/disk.ts";
import { findRuntime, flagsFor, type RuntimeName } from "../course/runtimes.ts";
import type { Run } from "../test/support/child.ts";
import { missingTool } from "../test/support/tool.ts";
import { compile } from "./processes.ts";

/** A server: a row of the table. */
export interface Server {
  name: string;
  /** how it is started; a backlog may follow */
  run: Run;
  /** whether it is in the table of idle clients */
  idle: boolean;
}

/** What all others are held against. */
export const baseline = "node:net, Node";

/** Every server, by its row's name: where it runs, its file, and whether many idle clients try it. */
const all: [name: string, where: RuntimeName | "C" | "python3", file: string, idle: boolean][] = [
  ["C, epoll", "C", "epoll.c", true],
  ["Python, selectors", "python3", "selector.py", true],
  ["Python, asyncio streams", "python3", "asyncio_streams.py", false],
  ["Python, asyncio protocol", "python3", "asyncio_protocol.py", false],
  [baseline, "node", "net.ts", true],
  ["node:net, Deno", "deno", "net.ts", true],
  ["Deno.listen", "deno", "deno-listen.ts", false],
  ["berkeley, Node", "node", "selector.ts", true],
  ["berkeley, Deno", "deno", "selector.ts", true],
];

/** The servers that can run here; `missing` gets a sentence for each that cannot. */
export function servers(missing: (why: string) => void): Server[] {
  return all.flatMap(([name, where, file, idle]) => {
    const run = howToRun(where, `bench/echo/${file}`);
    if (typeof run !== "string") return [{ name, run, idle }];
    missing(`Not measured: ${name}. ${run}`);
    return [];
  });
}

function howToRun(where: RuntimeName | "C" | "python3", file: string): Run | string {
  if (where === "C") return { command: compile(file), args: [] };
  const path = join(root, file);
  if (where === "python3") return missingTool(where) || { command: where, args: [path] };
  const runtime = findRuntime(where);
  if (!runtime) return `${where} is not on this machine`;
  return { command: runtime.binary, args: [...flagsFor(where, file), path] };
}
