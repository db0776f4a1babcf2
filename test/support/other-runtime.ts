/**
 * Node where the tests run on Deno, and Deno where they run on Node: a client that runs there.
 *
 * @module
 */
import { join } from "node:path";
import { root } from "../../course/disk.ts";
import { findRuntime, flagsFor, here } from "../../course/runtimes.ts";
import type { Server } from "./server.ts";
import { runTool } from "./tool.ts";

/** A client of ours on the other runtime. */
export interface ForeignClient {
  /** why it cannot be run here; empty when it can */
  missing: string;
  /**
   * Runs it with a server's port and some words as its arguments.
   *
   * @param due The lines that it must print
   * @throws {Verdict} When it prints others, or fails
   */
  asks(server: Server, words: string[], due: (string | RegExp)[]): Promise<void>;
}

/**
 * Finds the other runtime.
 *
 * @param file The client, a path from the root
 */
export function otherRuntime(file: string): ForeignClient {
  const name = here === "node" ? "deno" : "node";
  const runtime = findRuntime(name);
  const label = name === "node" ? "Node" : "Deno";
  return {
    missing: runtime ? "" : `${label} is not on this machine`,
    async asks(server, words, due) {
      const args = [...flagsFor(name, file), join(root, file), String(server.port), ...words];
      const { stdout, stderr } = await runTool(runtime!.binary, args);
      const lines = new TextDecoder().decode(stdout).split("\n").slice(0, -1);
      server.checkLines(`A client on ${label}`, { lines, due, stderr });
    },
  };
}
