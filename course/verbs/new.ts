/** @module */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exercises, exists, lessons, root } from "../disk.ts";
import { call } from "../runtimes.ts";
import { cutStub } from "../answers/stub.ts";
import {
  type Files,
  hintFiles,
  lessonFiles,
  moduleFiles,
  programFiles,
} from "../rules/templates.ts";
import { Misunderstanding } from "../misunderstanding.ts";

export const usage = "new 14-reliability 1-checksum [program]";
export const summary = "writes all files of a new exercise, and of its lesson if that is new";

/** Writes what is not there yet; overwrites nothing. */
export function run(words: string[]): Promise<number> {
  const [lesson = "", name = "", kind = "module"] = words;
  checkNames(lesson, name, kind);
  const files = kind === "program" ? programFiles(lesson, name) : moduleFiles(lesson, name);
  write({
    ...files,
    [`exercises/${lesson}/${name}.ts`]: cutStub(files[`solutions/${lesson}/${name}.ts`]!),
    ...hintFiles(lesson, name),
    ...(exists(`lessons/${lesson}.md`) ? {} : lessonFiles(lesson, name)),
  });
  console.log(`\nCONTRIBUTING.md says what comes next. What is missing: ${call} verify`);
  return Promise.resolve(0);
}

function checkNames(lesson: string, name: string, kind: string): void {
  if (!/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(lesson) || !/^\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new Misunderstanding(
      `Wanted a lesson like 14-reliability and an exercise like 1-checksum, got "${lesson}" "${name}"`,
    );
  }
  if (kind !== "module" && kind !== "program") {
    throw new Misunderstanding(`Wanted "program" or nothing behind the name, got "${kind}"`);
  }
  const twin = lessons().find((it) => it.number === lesson.slice(0, 2) && it.slug !== lesson);
  if (twin) throw new Misunderstanding(`Lesson ${twin.number} is ${twin.slug} already`);
  const mine = exercises().filter((it) => it.lesson === lesson);
  const next = `${mine.length + 1}${name.slice(1)}`;
  if (name !== next && !mine.some((it) => it.key === `${lesson}/${name}`)) {
    throw new Misunderstanding(`The next exercise of ${lesson} is ${next}, got ${name}`);
  }
}

function write(files: Files): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(root, file);
    const kept = exists(file);
    if (!kept) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    console.log(`${kept ? "kept   " : "written"}  ${file}`);
  }
}
