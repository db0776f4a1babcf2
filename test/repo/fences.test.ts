import { describe, expect, test } from "vitest";
import {
  checkFences,
  freshFences,
  quotedRegions,
  readRegions,
  replaceBodies,
  strayRegions,
} from "../../course/lessons/fences.ts";
import { parseMarkdown } from "../../course/lessons/markdown.ts";
import { mistakeText } from "../../course/lessons/mistakes.ts";
import { TempCourse, text } from "./temp-course.ts";

const program = text(
  "/** Adds. @module */",
  "function add() {",
  "  // #region sum",
  "  const a = 1;",
  "",
  "    return a + 1;",
  "  // #endregion sum",
  "}",
  "// #region call",
  "add();",
  "// #endregion",
);
const file = "examples/02-x/add.ts";

const lesson = (...lines: string[]) => text("# 2. X", "", "About 5 minutes.", "", ...lines);
const fence = (info: string, ...body: string[]) => lesson("```" + info, ...body, "```");

/** What the gate says of a lesson about {@link program}. */
function complaints(markdown: string, source = program): string {
  using course = new TempCourse({ [file]: source, "lessons/02-x.md": markdown });
  return checkFences(course.markdown("lessons/02-x.md"), course.root).map(mistakeText).join("\n");
}

describe("checkFences()", () => {
  const sum = "ts file=../examples/02-x/add.ts#sum";

  test("accepts a fence that is its region, moved to the left", () => {
    expect(complaints(fence(sum, "const a = 1;", "", "  return a + 1;"))).toBe("");
  });

  test("accepts a fence that is a whole file without its markers", () => {
    const whole = program.split("\n").filter((line) => !line.includes("region")).slice(0, -1);
    expect(complaints(fence("ts file=../examples/02-x/add.ts", ...whole))).toBe("");
  });

  test("accepts a fence in a list and one in an alert", () => {
    const body = ["```ts file=../examples/02-x/add.ts#call", "add();", "```"];
    expect(complaints(lesson("- so:", "", ...body.map((line) => `  ${line}`)))).toBe("");
    expect(complaints(lesson("> [!NOTE]", ...body.map((line) => `> ${line}`)))).toBe("");
  });

  test("accepts text, sh and console without a file", () => {
    for (const info of ["text", "sh", "console"]) expect(complaints(fence(info, "hi"))).toBe("");
  });

  test("accepts a region of Python between its own markers", () => {
    const source = text("# #region go", "go()", "# #endregion go");
    expect(complaints(fence("python file=../examples/02-x/add.ts#go", "go()"), source)).toBe("");
  });

  test.for<[string, string, string]>([
    [
      "a line that differs",
      fence(sum, "const a = 1;", "", "return a + 1;"),
      text(
        "lessons/02-x.md:8: The fence is not what stands in examples/02-x/add.ts#sum",
        "  expected:   return a + 1;",
        "  got:      return a + 1;",
      ).trimEnd(),
    ],
    ["a line too few", fence(sum, "const a = 1;"), "  got:      (nothing more)"],
    [
      "a line too many",
      fence(sum, "const a = 1;", "", "  return a + 1;", "x"),
      "lessons/02-x.md:9: The fence is not what stands in examples/02-x/add.ts#sum\n" +
      "  expected: (nothing more)\n  got:      x",
    ],
    [
      "a region that is not there",
      fence("ts file=../examples/02-x/add.ts#product", "x"),
      'lessons/02-x.md:5: examples/02-x/add.ts has no region "product", it has sum, call',
    ],
    [
      "a file that is not there",
      fence("ts file=../examples/02-x/sub.ts", "x"),
      "lessons/02-x.md:5: There is no file examples/02-x/sub.ts",
    ],
    ["a folder", fence("ts file=../examples/02-x", "x"), "There is no file examples/02-x"],
    ["a file outside", fence("ts file=../../passwd", "x"), "may not be taken from ../passwd"],
    ["the learner's file", fence("ts file=../exercises/02-x/1-y.ts", "x"), "it is the learner's"],
    ["ts without a file", fence("ts", "add();"), 'A fence of "ts" must name the file'],
    ["python without a file", fence("python", "add()"), 'A fence of "python" must name the file'],
    ["mermaid", fence("mermaid", "graph"), 'A fence of "mermaid" must name the file'],
    ["no language", fence("", "add()"), "lessons/02-x.md:5: A fence must say its language"],
    ["no end", lesson("```text", "hi"), "lessons/02-x.md:5: A fence has no end"],
  ])("refuses %s", ([, markdown, message]) => {
    expect(complaints(markdown)).toContain(message);
  });

  test("refuses a fence from a file whose markers are wrong", () => {
    const markdown = fence("ts file=../examples/02-x/add.ts#sum", "x");
    expect(complaints(markdown, "// #region sum\nx\n")).toContain(
      'examples/02-x/add.ts:1: The region "sum" has no end',
    );
  });
});

describe("readRegions()", () => {
  const region = (
    name: string,
    ...body: string[]
  ) => [`// #region ${name}`, ...body, "// #endregion"];

  test.for<[string, string[], string]>([
    ["no end", ["// #region a", "x"], 'a.ts:1: The region "a" has no end'],
    ["no beginning", ["x", "// #endregion"], "a.ts:2: A region ends that did not begin"],
    ["another name at its end", ["// #region a", "// #endregion b"], 'region "a" ends as "b"'],
    [
      "another one inside",
      region("a", "// #region b"),
      'a.ts:2: A region begins inside the region "a"',
    ],
    ["no name", ["// #region", "// #endregion"], "a.ts:1: A region must have a name"],
    ["the name of another", [...region("a"), ...region("a")], 'a.ts:3: Two regions are named "a"'],
    [
      "a name for solutions",
      region("todo"),
      'a.ts:1: A region "todo" belongs into a solution only',
    ],
    [
      "three before it",
      ["a", "b", "c", "d"].flatMap((it) => region(it)),
      "at most 3 regions, this one has 4",
    ],
  ])("refuses a region with %s", ([, lines, message]) => {
    expect(readRegions("a.ts", text(...lines)).mistakes.map(mistakeText).join("\n"))
      .toContain(message);
  });
});

describe("strayRegions()", () => {
  test("names the regions that no lesson quotes", () => {
    const markdown = parseMarkdown("lessons/02-x.md", fence("ts file=../examples/02-x/add.ts#sum"));
    const stray = strayRegions(file, program, new Set(quotedRegions(markdown)));
    expect(stray.map(mistakeText)).toEqual([
      'examples/02-x/add.ts:9: No lesson quotes the region "call"',
    ]);
  });

  test("names none when every region is quoted", () => {
    const quoted = new Set([`${file}#sum`, `${file}#call`]);
    expect(strayRegions(file, program, quoted)).toEqual([]);
  });
});

describe("freshFences()", () => {
  test("takes from the files what differs, and leaves the rest as it is", () => {
    const markdown = lesson(
      "- so:",
      "",
      "  ```ts file=../examples/02-x/add.ts#sum",
      "  old",
      "  ```",
      "",
      "```ts file=../examples/02-x/add.ts#call",
      "add();",
      "```",
      "",
      "```text",
      "kept",
      "```",
    );
    using course = new TempCourse({ [file]: program, "lessons/02-x.md": markdown });
    const read = course.markdown("lessons/02-x.md");
    const fresh = freshFences(read, course.root);
    expect([...fresh.keys()]).toEqual([7]);
    const written = replaceBodies(read, fresh);
    expect(written).toBe(
      markdown.replace("  old", "  const a = 1;\n\n    return a + 1;"),
    );
    expect(checkFences(parseMarkdown("lessons/02-x.md", written), course.root)).toEqual([]);
  });
});
