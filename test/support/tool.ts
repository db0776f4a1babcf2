/**
 * Programs that nobody here wrote: nc, python3 and others that tests talk to.
 *
 * @module
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import type { Child } from "./child.ts";
import { answerMs, bound } from "./deadline.ts";

/** What a tool said, and how it ended. */
export interface ToolResult {
  /** exit code, or null when it was killed at its bound */
  code: number | null;
  stdout: Uint8Array;
  stderr: string;
}

/** Why a tool cannot be used here; empty when it can. A skip says it, a strict run takes it for a failure. */
export function missingTool(tool: string): string {
  if (tool === process.execPath) return "";
  const found = spawnSync(process.platform === "win32" ? "where" : "which", [tool]).status === 0;
  return found ? "" : `${tool} is not on this machine`;
}

/**
 * Runs a tool to its end, at most ten times as long as a peer waits for an answer.
 *
 * @param input What it reads from its standard input
 */
export async function runTool(
  tool: string,
  args: string[],
  input: Uint8Array | string = "",
): Promise<ToolResult> {
  const child = spawn(tool, args, { stdio: "pipe", env: { ...process.env, NO_COLOR: "1" } });
  const chunks: Uint8Array[] = [];
  let stderr = "";
  child.stdout.on("data", (chunk) => chunks.push(chunk));
  child.stderr.setEncoding("utf8").on("data", (text) => stderr += text);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const timer = setTimeout(() => process.kill(child.pid!, "SIGKILL"), bound(10 * answerMs));
  try {
    const [code] = await once(child, "close");
    return { code, stdout: Buffer.concat(chunks), stderr };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Waits until a server says where it listens, as all in test/peers/ do.
 *
 * @returns The port
 * @throws {Error} When it does not
 */
export async function portOf(server: Child): Promise<number> {
  const port = () => /^Listening on \S+:(\d+)\n/.exec(server.stdout)?.[1];
  await server.until(() => port() !== undefined, bound(answerMs));
  if (port() !== undefined) return Number(port());
  throw new Error(`The server did not say where it listens: ${server.stdout}${server.stderr}`);
}
