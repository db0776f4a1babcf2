/**
 * Builds the site with typedoc and serves it on this machine.
 *
 * @module
 */
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, relative, sep } from "node:path";
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
import { root } from "./disk.ts";
import { stageSite } from "./pages/stage.ts";

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
    entryPoints: staged.filter((path) => /^(?:berkeley|examples|exercises)\/.*\.ts$/.test(path))
      .map((path) => join(source, path)),
    projectDocuments: staged.filter((path) => path.endsWith(".md") && path !== "README.md")
      .map((path) => join(source, path)),
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

/** A site that is being served. */
export interface ServedSite {
  /** `"http://127.0.0.1:8080/"` */
  url: string;
  /** Ends the server and its connections. */
  close(): void;
}

/**
 * Serves a folder to this machine and to no other.
 *
 * @param folder The folder, an absolute path
 * @param port The port on 127.0.0.1, any free one for 0
 * @throws {Error} When nothing can listen there
 */
export function serveSite(folder: string, port = 0): Promise<ServedSite> {
  const server = createServer((request, response) => void send(folder, request.url!, response));
  const { promise, resolve, reject } = Promise.withResolvers<ServedSite>();
  server.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    const reason = code === "EADDRINUSE" ? "the port is taken" : message;
    reject(new Error(`Cannot serve the site on 127.0.0.1:${port}: ${reason}`));
  });
  server.listen(port, "127.0.0.1", () => {
    const { port } = server.address() as AddressInfo;
    const close = () => {
      server.close();
      server.closeAllConnections();
    };
    resolve({ url: `http://127.0.0.1:${port}/`, close });
  });
  return promise;
}

const types: Record<string, string> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  "": "text/plain",
};

async function send(folder: string, target: string, response: ServerResponse): Promise<void> {
  try {
    const path = decodeURIComponent(target.replace(/[?#].*/, "")).replace(/\/$/, "/index.html");
    const file = join(folder, path);
    if (!file.startsWith(folder + sep)) throw new Error(`${path} is outside of the site`);
    const type = types[extname(file)] ?? "application/octet-stream";
    const body = await readFile(file);
    response.writeHead(200, {
      "content-type": `${type}; charset=utf-8`,
      "cache-control": "no-store",
    });
    response.end(body);
  } catch {
    response.writeHead(404, { "content-type": "text/plain" }).end("There is no such page\n");
  }
}
