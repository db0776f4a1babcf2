/**
 * The site, built in a copy of the course, so that no one's files are touched.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { root } from "../../course/disk.ts";
import { here } from "../../course/runtimes.ts";

/** What `course docs build` says. */
export interface Built {
  code: number | null;
  output: string;
}

/** Copies the course, with the same packages. */
export function copyCourse(to: string): void {
  const left = ["node_modules", "site", ".course", ".git"].map((name) => join(root, name));
  cpSync(root, to, { recursive: true, filter: (path) => !left.includes(path) });
  symlinkSync(join(root, "node_modules"), join(to, "node_modules"), "junction");
}

/** Writes a file, and the folders above it. */
export function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Builds the site of a copy, into its folder `site`. */
export async function build(course: string): Promise<Built> {
  const words = [...(here === "deno" ? ["run", "-A"] : []), "course/main.mjs", "docs", "build"];
  const child = spawn(process.execPath, words, { cwd: course, timeout: 50_000 });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  const said = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, output: said.join("") };
}
