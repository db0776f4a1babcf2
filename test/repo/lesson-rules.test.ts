import { describe, expect, test } from "vitest";
import type { Lesson } from "../../course/disk.ts";
import {
  checkLesson,
  navigation,
  unplayed,
  withNavigation,
} from "../../course/rules/lesson-rules.ts";
import { mistakeText } from "../../course/lessons/mistakes.ts";
import { TempCourse, text } from "./temp-course.ts";

const file = "lessons/02-x.md";
const right = text(
  "# 2. An `echo`, and more",
  "",
  "About 40 minutes.",
  "",
  "## What happened",
  "",
  "Read [the server](../examples/02-x/server.ts), [what happened](#what-happened), [before",
  "this](01-w.md#a-wire), [RFC 9293](https://www.rfc-editor.org/rfc/rfc9293) and",
  "[your file](../exercises/02-x/1-y.ts). ![a picture](figures/wire.svg) `[no](link)`",
  "",
  "```console",
  "1$ deno run --allow-net=127.0.0.1 examples/02-x/server.ts",
  "Listening on 127.0.0.1:65432",
  "```",
  "",
  "Then type `npm run course check 02/1`.",
  "",
  "[Previous: 1. A wire](01-w.md) |",
  "[Next: 3. Frames](03-f.md)",
);
const server = text(
  "/**",
  " * Serves.",
  " *",
  " *     node examples/02-x/server.ts [port]",
  " *     deno run --allow-net=127.0.0.1,[::1] examples/02-x/server.ts [port]",
  " *",
  " * @module",
  " */",
);
const lessons: Lesson[] = [["01-w", "A wire"], ["02-x", "An echo"], ["03-f", "Frames"]]
  .map(([slug, title]) => ({
    slug: slug!,
    number: slug!.slice(0, 2),
    title: title!,
    file: `lessons/${slug}.md`,
  }));

/** What the gate says of a lesson. */
function complaints(markdown: string): string {
  using course = new TempCourse({
    [file]: markdown,
    "lessons/01-w.md": "# 1. A wire\n\n## A wire\n\n## A wire\n\n## a -- b\n",
    "lessons/03-f.md": "",
    "lessons/figures/wire.svg": "",
    "examples/02-x/server.ts": server,
    "solutions/02-x/1-y.ts": "",
  });
  return checkLesson(course.markdown(file), {
    root: course.root,
    number: 2,
    exercises: ["02/1"],
    navigation: navigation(lessons, file),
  }).map(mistakeText).join("\n");
}

describe("checkLesson()", () => {
  test("accepts a lesson that is as it must be", () => {
    expect(complaints(right)).toBe("");
  });

  test.for<[string, string, string, string]>([
    ["another number", "# 2. An", "# 3. An", "lessons/02-x.md:1: A lesson begins with its title"],
    ["no title", "# 2. An `echo`, and more\n", "", "got:      no such heading"],
    ["something above the title", "# 2.", "\n# 2.", "got:      # 2. An echo, and more (line 2)"],
    ["a second title", "## What", "# What", "lessons/02-x.md:5: A lesson has one title"],
    ["no minutes", "About 40 minutes.", "Long.", "above its first section how long it takes"],
    [
      "the minutes too late",
      "About 40 minutes.\n\n## What happened\n",
      "## What happened\n\nIn 40 minutes.\n",
      "above its first section",
    ],
    ["a wrong neighbour", "(03-f.md)", "(04-g.md)", "[Next: 3. Frames](03-f.md)"],
    [
      "a neighbour's old title",
      "3. Frames",
      "3. Framing",
      "got:      [Previous: 1. A wire](01-w.md) |\n            [Next: 3. Framing](03-f.md)",
    ],
    [
      "no way back",
      "[Previous: 1. A wire](01-w.md) |\n",
      "",
      "A lesson ends with the way to its neighbours",
    ],
    [
      "words after the neighbours",
      "(03-f.md)\n",
      "(03-f.md)\n\nBye.\n",
      "lessons/02-x.md:18: A lesson ends",
    ],
    ["an exercise unnamed", "check 02/1", "check 02/10", "does not name its exercise 02/1"],
    ["front matter", "# 2.", "---\ntitle: x\n---\n\n# 2.", "breaks front matter"],
    [
      "a footnote",
      "Read [",
      "Read[^1] [",
      "lessons/02-x.md:7: GitHub or the site breaks a footnote",
    ],
    ["a task list", "Read [", "- [ ] Read [", "breaks a task list"],
    [
      "a mermaid picture",
      "```console",
      "```mermaid\n```\n\n```console",
      "breaks a mermaid picture",
    ],
    [
      "a missing file",
      "server.ts)",
      "client.ts)",
      "leads to examples/02-x/client.ts, which does not exist",
    ],
    ["a missing picture", "wire.svg", "wires.svg", "leads to lessons/figures/wires.svg, which"],
    ["a folder", "../examples/02-x/server.ts)", "../examples/02-x)", "to a file, not to a folder"],
    ["a link out of the repository", "(../examples", "(../../examples", "must not lead out of the"],
    ["an absolute link", "(../examples/", "(/examples/", "A link must be relative"],
    [
      "a missing exercise",
      "1-y.ts",
      "2-z.ts",
      "leads to exercises/02-x/2-z.ts, which does not exist",
    ],
    [
      "a missing anchor",
      "#what-happened)",
      "#what-came)",
      "lessons/02-x.md:7: lessons/02-x.md has no heading #what-came, it has #2-an-echo-and-more #what-happened",
    ],
    [
      "a missing anchor elsewhere",
      "#a-wire)",
      "#a-wire-2)",
      "lessons/01-w.md has no heading #a-wire-2, it has #1-a-wire #a-wire #a-wire-1",
    ],
    [
      "an anchor of one place only",
      "#a-wire)",
      "#a----b)",
      "#a----b on GitHub and #a-b on the site",
    ],
    ["an anchor in code", "server.ts)", "server.ts#L3)", "Only headings of markdown have anchors"],
    [
      "a reference to nothing",
      "Read [",
      "[it]: gone.md\n\nRead [",
      "leads to lessons/gone.md, which",
    ],
    [
      "all permissions",
      "--allow-net=127.0.0.1",
      "-A",
      "lessons/02-x.md:12: A lesson never shows -A",
    ],
    ["all permissions by name", "--allow-net=127.0.0.1", "--allow-all", "A lesson never shows -A"],
    [
      "a wider permission",
      "--allow-net=127.0.0.1",
      "--allow-net",
      "expected: --allow-net=127.0.0.1,[::1]\n  got:      --allow-net",
    ],
    ["another permission", "--allow-net", "--allow-env --allow-net", "got:      --allow-env"],
    ["another host", "=127.0.0.1", "=127.0.0.1,0.0.0.0", "got:      --allow-net=127.0.0.1,0.0.0.0"],
  ])("refuses a lesson with %s", ([, was, becomes, message]) => {
    expect(right).toContain(was);
    expect(complaints(right.replace(was, becomes))).toContain(message);
  });
});

describe("navigation()", () => {
  test("leads to the neighbours that there are", () => {
    expect(navigation(lessons, "lessons/01-w.md")).toEqual(["[Next: 2. An echo](02-x.md)"]);
    expect(navigation(lessons, "lessons/03-f.md")).toEqual(["[Previous: 2. An echo](02-x.md)"]);
    expect(navigation([lessons[0]!], "lessons/01-w.md")).toEqual([]);
  });

  test("is written over what was there", () => {
    const old = "# 2. X\n\nWords.\n\n[Previous: 0. Y](00-y.md)\n";
    expect(withNavigation(old, navigation(lessons, file))).toBe(text(
      "# 2. X",
      "",
      "Words.",
      "",
      "[Previous: 1. A wire](01-w.md) |",
      "[Next: 3. Frames](03-f.md)",
    ));
    expect(withNavigation(old, [])).toBe("# 2. X\n\nWords.\n");
  });
});

describe("unplayed()", () => {
  test("names the examples that no transcript runs", () => {
    using course = new TempCourse({ [file]: right });
    const examples = ["examples/02-x/server.ts", "examples/02-x/client.ts"];
    expect(unplayed(examples, [course.markdown(file)], course.root).map(mistakeText)).toEqual([
      "examples/02-x/client.ts:1: No transcript of a lesson runs this example",
    ]);
  });
});
