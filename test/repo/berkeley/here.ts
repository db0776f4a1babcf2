/**
 * Runs a program of this folder on the runtime at hand, in a process of its own.
 *
 * @module
 */
import { join } from "node:path";
import process from "node:process";
import { root } from "../../../course/disk.ts";
import { Child } from "#support/child.ts";
import { bound } from "#support/deadline.ts";

/** Whether this is Deno. */
export const isDeno = "Deno" in globalThis;

/** How to start a program. */
export interface Start {
  /** variables of its environment, `"RES_OPTIONS=attempts:0"` */
  env?: string[];
  /** options of V8, `"--expose-gc"` */
  v8?: string[];
  /** how many descriptors it may have; as many as this process unless told */
  descriptors?: number;
}

/** Starts a program of this folder; its scope ends it. */
export function start(file: string, args: string[], options: Start = {}): Child {
  const { env = [], v8 = [], descriptors } = options;
  const runtime = isDeno
    ? ["run", "-A", "--quiet", ...v8.map((it) => `--v8-flags=${it}`)]
    : ["--no-warnings", ...v8];
  const words = [process.execPath, ...runtime, join(root, "test/repo/berkeley", file), ...args];
  // Both limits: a runtime raises the soft one to the hard one.
  const limit = descriptors === undefined ? "" : `ulimit -n ${descriptors}; `;
  return new Child({
    command: "env",
    args: [...env, "sh", "-c", `${limit}exec "$@"`, "sh", ...words],
  });
}

/**
 * Runs a program to its end.
 *
 * @param ms How long it may take on an idle machine
 * @returns What it wrote; how it ended stands behind, unless it is exit code 0
 */
export async function output(
  file: string,
  args: string[],
  { ms = 10_000, ...options }: Start & { ms?: number } = {},
): Promise<string> {
  await using child = start(file, args, options);
  const inTime = await child.ended(bound(ms));
  const end = child.exit === "exit code 0" ? "" : child.exit;
  return `${child.stdout}${child.stderr}${inTime ? end : `not ended after ${bound(ms)} ms`}`;
}
