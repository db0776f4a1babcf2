import { execFile } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { transcripts } from "../../course/lessons/console-fences.ts";
import { exercises, exists, type Lesson, lessons, names, read, root } from "../../course/disk.ts";
import { checkFences, quotedRegions, strayRegions } from "../../course/lessons/fences.ts";
import { checkLesson, checkLinks, navigation, unplayed } from "../../course/rules/lesson-rules.ts";
import { parseMarkdown } from "../../course/lessons/markdown.ts";
import { mapTable, withMap } from "../../course/lessons/map.ts";
import { refuse } from "../../course/lessons/mistakes.ts";
import { here } from "../../course/runtimes.ts";
import { checkTranscript, runsOn } from "../../course/lessons/transcripts.ts";
import { TempCourse } from "./temp-course.ts";

const strict = process.env.COURSE_STRICT === "1";
const label = here === "deno" ? "Deno" : "Node";
const texts = lessons().map(({ file }) => parseMarkdown(file, read(file)));
const glossary = "lessons/glossary.md";
const others = ["README.md", "CONTRIBUTING.md", glossary].filter(exists);
const examples = names("examples").flatMap((lesson) =>
  names(`examples/${lesson}`).map((name) => `examples/${lesson}/${name}`)
);

describe.each(texts)("$file", (markdown) => {
  test("is written as a lesson", () => {
    const number = Number(markdown.file.slice("lessons/".length, "lessons/NN".length));
    const ids = exercises().map(({ id }) => id).filter((id) => Number(id.slice(0, 2)) === number);
    const facts = { root, number, exercises: ids };
    refuse(checkLesson(markdown, { ...facts, navigation: navigation(lessons(), markdown.file) }));
  });

  test("shows its files as they are", () => {
    refuse(checkFences(markdown, root));
  });

  const mine = transcripts(markdown).filter((it) => runsOn(it, root).includes(here));
  for (const transcript of mine) {
    const first = transcript.fence.body[0] ?? "";
    test(`line ${transcript.fence.line} prints on ${label} what it shows: ${first}`, {
      timeout: 300_000,
    }, async ({ skip }) => {
      const { mistakes, skipped, lacks } = await checkTranscript(transcript, {
        root,
        runtime: here,
      });
      if (lacks && strict) throw new Error(`${skipped}, and COURSE_STRICT=1 allows no skip`);
      if (skipped) skip(skipped);
      refuse(mistakes);
    });
  }
});

test("a lesson leads to every word of the glossary, and to none twice", () => {
  const words = parseMarkdown(glossary, read(glossary)).headings
    .filter(({ depth }) => depth === 3).map(({ anchor }) => `glossary.md#${anchor}`);
  const links = texts.flatMap((text) => text.links.map(({ target }) => target))
    .filter((target) => target.startsWith("glossary.md"));
  expect(links.toSorted()).toEqual(words.toSorted());
});

test("README.md shows the map of what is on disk", () => {
  const text = read("README.md");
  expect(withMap(text, mapTable(lessons(), exercises())), "npm run course sync").toBe(text);
});

test("mapTable() groups lessons by their part, with minutes and exercises", () => {
  const [{ slug, file, title }] = lessons().filter(({ number }) => number === "02") as [Lesson];
  const lesson = (number: string) => ({ slug, file, title, number });
  const exercise = {
    key: `${slug}/1-a`,
    id: "02/1",
    name: "a",
    lesson: slug,
    kind: "module",
  } as const;
  expect(mapTable([lesson("02"), lesson("20")], [exercise]).slice(2)).toEqual([
    "| **I. First contact** | | |",
    `| [2. ${title}](${file}) | 25 | [a](exercises/${slug}/1-a.ts) |`,
    "| **VI. Tools, protocols, production** | | |",
    `| [20. ${title}](${file}) | 25 | [a](exercises/${slug}/1-a.ts) |`,
  ]);
  expect(() => withMap("## Lessons\n\nNone.\n", [])).toThrow("a table below it");
});

describe("examples/", () => {
  test("has no region that no lesson quotes", () => {
    const quoted = new Set(texts.flatMap(quotedRegions));
    refuse(examples.flatMap((file) => strayRegions(file, read(file), quoted)));
  });

  test("has no program that no lesson runs", () => {
    refuse(unplayed(examples.filter((file) => file.endsWith(".ts")), texts, root));
  });
});

describe("markdown", () => {
  test.each(others)("%s has links that lead somewhere", (file) => {
    refuse(checkLinks(parseMarkdown(file, read(file)), root));
  });

  test("is as markdownlint wants it", async () => {
    const files = [...texts.map(({ file }) => file), ...others];
    const complaints = files.length > 0 ? await lint(files, root) : "";
    if (complaints) throw new Error(complaints);
  });

  test("is not as markdownlint wants it when it is not", async () => {
    using course = new TempCourse({ "bad.md": "Title\n\n* a\n+ b\n" });
    const complaints = await lint(["bad.md"], course.root);
    expect(complaints).toContain("bad.md:1 error MD041");
    expect(complaints).toContain("bad.md:4:1 error MD004");
  });
});

/** What markdownlint says of some files, empty when it is content. */
async function lint(files: string[], folder: string): Promise<string> {
  const script = join(root, "node_modules/markdownlint-cli/markdownlint.js");
  const run = here === "deno" ? ["run", "-A", "--quiet", script] : [script];
  const words = [...run, "--config", join(root, ".markdownlint.json"), ...files];
  try {
    await promisify(execFile)(process.execPath, words, { cwd: folder });
    return "";
  } catch (error) {
    return (error as { stderr?: string }).stderr || String(error);
  }
}
