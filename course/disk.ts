/**
 * What is on disk: the numbers and names of the files are the course's only index.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** A lesson: one markdown file and everything that bears its `NN-slug`. */
export interface Lesson {
  /** `"02-echo"`, the name that is the same in every folder */
  slug: string;
  /** `"02"` */
  number: string;
  /** the text after the number in the H1, `"Echo: server and client"` */
  title: string;
  /** path of the text from the root */
  file: string;
}

/** An exercise: a stub, a solution and a test of one name. */
export interface Exercise {
  /** `"02-echo/1-echo-server"` */
  key: string;
  /** `"02/1"`, what a learner types */
  id: string;
  /** `"echo-server"` */
  name: string;
  /** the lesson's slug */
  lesson: string;
  /** `"program"` when its header has a line that runs it, otherwise `"module"` */
  kind: "program" | "module";
}

/** The path from the root of a file of the repository, with slashes on every system. */
export function fromRoot(path: string): string {
  return path.slice(root.length).replaceAll("\\", "/");
}

/** Reads a file of the repository as text. */
export function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** Whether a path of the repository exists. */
export function exists(path: string): boolean {
  return existsSync(join(root, path));
}

/** Names in a folder of the repository, sorted; empty when there is no such folder. */
export function names(folder: string): string[] {
  return exists(folder) ? readdirSync(join(root, folder)).sort() : [];
}

/** All lessons that have a text, in order. */
export function lessons(): Lesson[] {
  return names("lessons").filter((name) => /^\d\d-[a-z0-9-]+\.md$/.test(name)).map((name) => {
    const slug = basename(name, ".md");
    const file = `lessons/${name}`;
    const title = /^# \d+\. (.+)$/m.exec(read(file))?.[1] ?? slug;
    return { slug, number: slug.slice(0, 2), title, file };
  });
}

/** All exercises, in order: those that have a solution. */
export function exercises(): Exercise[] {
  return names("solutions").flatMap((lesson) =>
    names(`solutions/${lesson}`).filter((name) => name.endsWith(".ts")).map((name) =>
      exercise(`${lesson}/${basename(name, ".ts")}`)
    )
  );
}

function exercise(key: string): Exercise {
  const [lesson = "", file = ""] = key.split("/");
  const kind = header(read(`solutions/${key}.ts`)).includes(`node exercises/${key}.ts`)
    ? "program"
    : "module";
  return { key, id: `${lesson.slice(0, 2)}/${file[0]}`, name: file.slice(2), lesson, kind };
}

/** The comment that opens a file, without its stars; empty when it does not open with one. */
export function header(source: string): string {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(source)?.[1] ?? "";
  return comment.replace(/^[ \t]*\* ?/gm, "").trim();
}

/** The Deno flags of a program's run line, `["--allow-net=127.0.0.1"]`. */
export function permissions(source: string): string[] {
  const line = /^ *deno run (.*?)\S+\.ts/m.exec(header(source))?.[1] ?? "";
  return line.split(" ").filter((word) => word.startsWith("--"));
}
