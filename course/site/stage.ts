/**
 * Copies what the site shows into a folder of its own, so that the site is built from nothing else.
 *
 * A learner's files are not among it: every exercise is the stub that is cut from its solution.
 * Paths stay as they are, so that links between the files hold.
 *
 * @module
 */
import { copyFileSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix, relative, sep } from "node:path";
import { exercises, exists, read, root } from "../disk.ts";
import { parseMarkdown } from "../lessons/markdown.ts";
import { stubOf } from "../answers/stub.ts";

const files = ["README.md", "CONTRIBUTING.md", "LICENSE"];
const folders = ["lessons", "examples", "berkeley", "test/peers"];
const marker = /^[ \t]*(?:\/\/|#) ?#(?:region|endregion)\b.*\n/gm;

/**
 * Stages the site's sources, and nothing that was there before.
 *
 * @param folder Where to put the copy, an absolute path
 * @returns The paths of the staged files from that folder, sorted
 */
export function stageSite(folder: string): string[] {
  rmSync(folder, { recursive: true, force: true });
  const stubs = new Map(exercises().map(({ key }) => [`exercises/${key}.ts`, stubOf(key)]));
  const staged = new Set([...files.filter(exists), ...folders.flatMap(filesIn), ...stubs.keys()]);
  // A set hands out what is added while it is walked: what is linked is followed, too.
  for (const path of staged) {
    for (const target of path.endsWith(".md") ? linkedFiles(path) : []) staged.add(target);
    stageFile(path, join(folder, path), stubs.get(path));
  }
  const tsconfig = {
    extends: relative(folder, join(root, "tsconfig.json")).replaceAll(sep, "/"),
    include: ["berkeley", "examples", "exercises"],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const { imports } = JSON.parse(read("package.json"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module", imports }));
  return [...staged].sort();
}

function stageFile(path: string, to: string, stub: string | undefined): void {
  mkdirSync(dirname(to), { recursive: true });
  if (path === "README.md") {
    writeFileSync(to, mapFirst(read(path)));
  } else if (/\.(ts|mjs|py|c|sh)$/.test(path)) {
    writeFileSync(to, (stub ?? read(path)).replace(marker, ""));
  } else {
    copyFileSync(join(root, path), to);
  }
}

/** The README as the first page of a site: whoever is here has begun, and looks for a lesson. */
function mapFirst(text: string): string {
  const [map = ""] = /^## Lessons\n[^]*?(?=^## |(?![^]))/m.exec(text) ?? [];
  return map === "" ? text : text.replace(map, "").replace(/^## /m, `${map.trimEnd()}\n\n## `);
}

function filesIn(folder: string): string[] {
  if (!exists(folder)) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/__pycache__|[/\\]\./.test(entry.parentPath))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, "/"));
}

/** Files of the course that a markdown file links to; those that are not there, typedoc reports. */
function linkedFiles(path: string): string[] {
  return parseMarkdown(path, read(path)).links
    .filter(({ target }) => !/^(?:[a-z]+:|[#/])/i.test(target))
    .map(({ target }) => posix.join(posix.dirname(path), decodeURI(target.replace(/#.*/, ""))))
    .filter((target) => !/^(?:\.\.|exercises)(?:\/|$)/.test(target))
    .filter((target) => exists(target) && statSync(join(root, target)).isFile());
}
