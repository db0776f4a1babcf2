/**
 * Types, format and lint: what the tools say of the code as it stands.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { root } from "../disk.ts";
import { findRuntime, type Runtime } from "../runtimes.ts";
import { type Result, result, skip } from "./result.ts";

/** Runs one tool after another. */
export async function* staticChecks(): AsyncGenerator<Result> {
  const deno = findRuntime("deno");
  const any = findRuntime("node") ?? deno;
  const tsc = ["node_modules/typescript/bin/tsc", "-p", "tsconfig.course.json"];
  const code = [
    "bench",
    "berkeley",
    "course",
    "examples",
    "solutions",
    "test",
    "vitest.config.ts",
  ];
  yield await tool("types, tsc", any, any?.name === "deno" ? ["run", "-A", ...tsc] : tsc);
  yield await tool("types, deno check", deno, ["check", "--quiet", ...code]);
  yield await tool("format, deno fmt", deno, ["fmt", "--check"]);
  yield await tool("lint, deno lint", deno, ["lint", "--quiet"]);
}

async function tool(
  check: string,
  runtime: Runtime | undefined,
  words: string[],
): Promise<Result> {
  if (!runtime) return skip(check, "", "its runtime was not found");
  const begun = performance.now();
  const child = spawn(runtime.binary, words, { cwd: root, env: { ...process.env, NO_COLOR: "1" } });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk) => text += chunk);
  child.stderr.setEncoding("utf8").on("data", (chunk) => text += chunk);
  const [code] = await once(child, "close");
  const complaints = code === 0 ? [] : [text.trim().slice(0, 4000)];
  const seconds = (performance.now() - begun) / 1000;
  return result({ check, where: runtime.label, total: 1, complaints, seconds });
}
