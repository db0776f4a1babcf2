/**
 * Builds the site with typedoc.
 *
 * Importing this file takes a second, since typedoc and TypeScript come with it: do it when needed.
 *
 * @module
 */
import { writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import process from "node:process";
import { stripVTControlCharacters } from "node:util";
import {
  Application,
  Logger,
  LogLevel,
  type MinimalNode,
  type MinimalSourceFile,
  TSConfigReader,
  TypeDocReader,
} from "typedoc";
import { exists, read, root } from "../disk.ts";
import { parsePlaybook } from "../lessons/playbook.ts";
import { stageSite } from "./stage.ts";

/** Where the staged copy and the site go. */
const source = join(root, ".course/site-src");
const site = join(root, "site");

/** A site that was built, or was not. */
export interface Site {
  /** where it lies, an absolute path */
  folder: string;
  /** what typedoc has against it; the site is good only when there are none */
  warnings: string[];
}

/** Builds the site anew from a staged copy of the course. */
export async function buildSite(): Promise<Site> {
  const staged = stageSite(source);
  const logger = new Warnings();
  const app = await Application.bootstrapWithPlugins({
    options: join(root, "typedoc.config.mjs"),
    tsconfig: join(source, "tsconfig.json"),
    basePath: source,
    entryPoints: staged.filter((path) =>
      /^(?:berkeley\/[^/]+|(?:examples|exercises)\/.+)\.ts$/.test(path)
    )
      .map((path) => join(source, path)),
    projectDocuments: staged.filter((path) => path.endsWith(".md") && path !== "README.md")
      .map((path) => join(source, path)),
    customJs: searchScript(),
    readme: staged.includes("README.md") ? join(source, "README.md") : "none",
    out: site,
  }, [new TypeDocReader(), new TSConfigReader()]);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) {
    return { folder: site, warnings: ["typedoc.config.mjs: typedoc does not take it, see above"] };
  }
  app.logger = logger;
  const project = await app.convert();
  if (project) app.validate(project);
  if (project && logger.lines.length === 0) await app.generateDocs(project, site);
  return { folder: site, warnings: logger.lines };
}

/** The search's script with the words of the playbook in it. */
function searchScript(): string {
  const page = "lessons/playbook.md";
  const symptoms = exists(page) ? parsePlaybook(page, read(page)) : [];
  const sections = symptoms.flatMap(({ words, anchor }) => words.map((it) => [it, anchor]));
  const text = read("course/site/search.js");
  const file = join(source, "search.js");
  writeFileSync(file, text.replace("{}", () => JSON.stringify(Object.fromEntries(sections))));
  return file;
}

/** Collects what typedoc warns of. */
class Warnings extends Logger {
  readonly lines: string[] = [];

  override log(message: string, level: LogLevel): void {
    super.log(message, level);
    if (level >= LogLevel.Warn) this.lines.push(inCourse(stripVTControlCharacters(message)));
  }

  protected override addContext(
    message: string,
    _level: LogLevel,
    ...at: [MinimalNode?] | [number, MinimalSourceFile]
  ): string {
    const [node, sourceFile] = at;
    if (node === undefined) return message;
    const file = typeof node === "number" ? sourceFile! : node.getSourceFile();
    const position = typeof node === "number" ? node : node.getStart();
    const { line } = file.getLineAndCharacterOfPosition(position);
    return `${file.fileName}:${line + 1}: ${message}`;
  }
}

/** Names the course's files instead of their staged copies. */
function inCourse(message: string): string {
  return message.replaceAll(`${source.replaceAll(sep, "/")}/`, "")
    .replaceAll(`${relative(process.cwd(), source).replaceAll(sep, "/")}/`, "");
}
