import { describe, expect, test } from "vitest";
import { checkContract } from "../../course/rules/contract-rules.ts";
import { exercises, names, read, root } from "../../course/disk.ts";
import { checkHints } from "../../course/rules/hint-rules.ts";
import { checkLayout, checkStubs, committedStubs, courseFiles } from "../../course/rules/layout.ts";
import { mistakeText, refuse } from "../../course/lessons/mistakes.ts";
import { cutStub, stubOf } from "../../course/answers/stub.ts";
import { checkTest } from "../../course/rules/test-rules.ts";
import { TempCourse, text } from "./temp-course.ts";

const keys = exercises().map(({ key }) => key);

test("every file lies where its name says", () => {
  expect(checkLayout(courseFiles(root))).toEqual([]);
});

test("every exercise has its stub in git", ({ skip }) => {
  const committed = committedStubs(root);
  if (!committed) return skip("the course is not in git here, or there is no git");
  expect(checkStubs(courseFiles(root), committed)).toEqual([]);
});

test.for(keys)("%s has hints of three levels on diagnoses that there are", (key) => {
  const file = `solutions/${key}.hints.md`;
  refuse(checkHints(file, read(file), root));
});

test("whoever finds a TODO finds hints on how to begin", () => {
  const without = keys.filter((key) =>
    read(`exercises/${key}.ts`).includes("// TODO") &&
    !/^## .*\bnot-written\b/m.test(read(`solutions/${key}.hints.md`))
  );
  expect(without).toEqual([]);
});

test.for(keys)("%s is tested by events, in the harness's words", (key) => {
  const file = `test/${key}.test.ts`;
  refuse(checkTest(file, read(file)));
});

test.for(keys)("%s does not tell its solution in a comment", (key) => {
  expect(checkContract(read(`solutions/${key}.ts`), stubOf(key))).toEqual([]);
});

const good = [
  "lessons/02-echo.md",
  "lessons/data/02-echo/handshake.pcapng",
  "lessons/figures/02-queue.svg",
  "examples/02-echo/echo-server.ts",
  "solutions/02-echo/1-serve.ts",
  "solutions/02-echo/1-serve.hints.md",
  "test/02-echo/1-serve.test.ts",
  "test/answers/README.md",
  "test/answers/02-echo/1-serve/wrong-M03-first-chunk.ts",
  "test/answers/02-echo/1-serve/right-pipe.ts",
  "test/support/peer.ts",
  "test/peers/echo_client.py",
];

describe("checkLayout()", () => {
  test("accepts a tree that is as it must be", () => {
    expect(checkLayout(good)).toEqual([]);
  });

  test.for([
    "lessons/notes.md",
    "lessons/2-echo.md",
    "lessons/02-Echo.md",
    "lessons/02_echo.md",
    "lessons/02-echo/text.md",
    "lessons/data/echo/x.pcapng",
    "lessons/figures/02-queue.png",
    "examples/echo.ts",
    "examples/02-echo/echoServer.ts",
    "examples/02-echo/data/x.ts",
    "solutions/02-echo/serve.ts",
    "solutions/02-echo/1-serve.md",
    "solutions/02-echo/1-serve.test.ts",
    "test/02-echo/1-serve.ts",
    "test/02-echo/helper.ts",
    "test/helper.ts",
    "test/answers/02-echo/notes.md",
    "test/answers/02-echo/1-serve/M03-first-chunk.ts",
    "test/answers/02-echo/1-serve/wrong-first-chunk.ts",
    "test/answers/02-echo/1-serve/wrong-M3-first-chunk.ts",
    "test/answers/02-echo/1-serve/right.ts",
  ])("refuses the stray or misnamed %s", (file) => {
    expect(checkLayout([...good, file])).toEqual([`${file} is stray or misnamed`]);
  });

  test.for<[string, string]>([
    ["lessons/02-echo.md", "lessons/02-echo.md is missing: lessons/data/02-echo/handshake.pcapng"],
    ["examples/02-echo/echo-server.ts", "examples/02-echo/ is missing or empty"],
    ["solutions/02-echo/1-serve.ts", "solutions/02-echo/1-serve.ts is missing: solutions/"],
    ["solutions/02-echo/1-serve.hints.md", "solutions/02-echo/1-serve.hints.md is missing"],
    ["test/02-echo/1-serve.test.ts", "test/02-echo/1-serve.test.ts is missing: solutions/"],
    ["test/answers/02-echo", "test/answers/02-echo/1-serve/ is missing: solutions/"],
  ])("refuses a tree without %s", ([path, message]) => {
    const complaints = checkLayout(good.filter((file) => !file.startsWith(path)));
    expect(complaints).toEqual([expect.stringContaining(message)]);
  });

  const another = (from: string, to: string) => good.map((file) => file.replace(from, to));

  test("refuses another name in one folder alone", () => {
    const moved = good.map((file) => file.replace("test/02-echo/1-serve", "test/02-echo/1-serv"));
    expect(checkLayout(moved)).toEqual([
      "solutions/02-echo/1-serv.ts is missing: test/02-echo/1-serv.test.ts belongs to it",
      "solutions/02-echo/1-serv.hints.md is missing: test/02-echo/1-serv.test.ts belongs to it",
      "test/answers/02-echo/1-serv/ is missing: test/02-echo/1-serv.test.ts belongs to it",
      "test/02-echo/1-serve.test.ts is missing: solutions/02-echo/1-serve.ts belongs to it",
      "02-echo/1-serve should have the number 2: they count from 1, without a gap",
    ]);
  });

  test("refuses exercises that do not count from 1 without a gap", () => {
    const message = "02-echo/3-serve should have the number 2";
    expect(checkLayout([...good, ...another("1-serve", "3-serve")])).toEqual([
      expect.stringContaining(message),
    ]);
    expect(checkLayout(another("1-serve", "2-serve"))).toEqual([
      "02-echo/2-serve should have the number 1: they count from 1, without a gap",
    ]);
  });

  test("refuses two lessons of one number", () => {
    expect(checkLayout([...good, ...another("02-echo", "02-frames")])).toEqual([
      "02-echo and 02-frames have the same number",
    ]);
  });
});

describe("checkStubs()", () => {
  test("refuses an exercise whose stub is not in git", () => {
    expect(checkStubs(good, ["exercises/02-echo/1-serve.ts", "exercises/02-echo/mine.ts"]))
      .toEqual([]);
    expect(checkStubs(good, ["exercises/02-echo/1-server.ts"])).toEqual([
      "exercises/02-echo/1-serve.ts is not in git: course sync stubs, " +
      "then git add exercises/02-echo/1-serve.ts",
    ]);
  });
});

const section = (...diagnoses: string[]) => [
  "",
  `## ${diagnoses.join(" ")}`,
  "",
  "1. What do you see?",
  "2. Read [how](../../lessons/02-echo.md#it-echoes) it",
  "   is done.",
  "3. Do it.",
];
const hints = (...lines: string[]) => text("# Hints for serve", ...lines);

describe("checkHints()", () => {
  const complaints = (markdown: string) => {
    using course = new TempCourse({ "lessons/02-echo.md": "# 2. Echo\n\n## It echoes\n" });
    const file = "solutions/02-echo/1-serve.hints.md";
    return checkHints(file, markdown, course.root).map(mistakeText).join("\n");
  };

  test("accepts hints that are as they must be", () => {
    expect(complaints(hints(...section("otherwise"), ...section("no-fin", "reset")))).toBe("");
  });

  test.for<[string, string, string]>([
    ["no title", text(...section("otherwise")), ":1: Another title"],
    ["nothing for otherwise", hints(...section("reset")), "There are no hints for ## otherwise"],
    [
      "a diagnosis that there is not",
      hints(...section("otherwise"), ...section("hungry")),
      ':10: "hungry" is no diagnosis',
    ],
    [
      "a diagnosis twice",
      hints(...section("otherwise", "reset"), ...section("reset")),
      ':10: There are hints for "reset" already',
    ],
    [
      "two levels",
      hints(...section("otherwise")).replace("3. Do it.", ""),
      "Hints have three levels\n  expected: 1 2 3\n  got:      1 2",
    ],
    [
      "four levels",
      hints(...section("otherwise"), "4. Copy it."),
      "got:      1 2 3 4",
    ],
    [
      "no question first",
      hints(...section("otherwise")).replace("see?", "see."),
      "The first hint asks no question",
    ],
    [
      "no link",
      hints(...section("otherwise")).replace(/\[how\]\(.*?\)/, "how"),
      "No link leads to a section of a lesson",
    ],
    [
      "a link to a heading that there is not",
      hints(...section("otherwise")).replace("#it-echoes", "#it-sings"),
      "lessons/02-echo.md has no heading #it-sings",
    ],
    [
      "a link to a lesson that there is not",
      hints(...section("otherwise")).replace("02-echo.md", "03-names.md"),
      "A link leads to lessons/03-names.md, which does not exist",
    ],
  ])("refuses hints with %s", ([, markdown, message]) => {
    expect(complaints(markdown)).toContain(message);
  });
});

describe("checkTest()", () => {
  const file = "test/02-echo/1-serve.test.ts";
  const head = [
    'import { describe, test } from "vitest";',
    'import { serve } from "#exercises/02-echo/1-serve.ts";',
  ];
  const complaints = (...lines: string[]) =>
    checkTest(file, text(...head, ...lines)).map(mistakeText);
  const named = (name: string) => complaints(`test("${name}", () => {});`);

  test("accepts a test that is as it must be", () => {
    expect(complaints(
      'describe("1 of 2, it serves", () => {',
      '  test("serve() returns what it was given", () => serve(0));',
      '  test.for([1, 2])("Decoder.push() throws when there are %s bytes", (n) => serve(n));',
      '  test("server ends", () => start({ args: [String(port), "0", "Ada"] }));',
      "});",
    )).toEqual([]);
  });

  test.for<[string, string]>([
    ['import { expect, test } from "vitest";', "It imports expect from vitest"],
    ['import { vi } from "vitest";', "It imports vi from vitest"],
    ['import assert from "node:assert/strict";', "It imports node:assert/strict"],
    ['import { setTimeout } from "node:timers/promises";', "It imports node:timers/promises"],
    ['import { x } from "../support/peer.ts";', "It imports ../support/peer.ts"],
    ['import { x } from "#exercises/02-echo/2-read.ts";', "It imports another's #exercises/02"],
    ["await new Promise((resolve) => setTimeout(resolve, 9));", "It calls setTimeout()"],
    ["await sleep(9);", "It calls sleep()"],
    ["const port = 8080;", "It uses the fixed port 8080"],
    ["serve({ serverPort: 8080 });", "It uses the fixed port 8080"],
    ['start({ args: ["65432"] });', 'It uses the fixed port "65432"'],
    ['net.connect(8080, "127.0.0.1");', "It uses the fixed port 8080"],
    ["server.listen(8080);", "It uses the fixed port 8080"],
    ['serve("127.0.0.1:8080");', 'It uses the fixed port "127.0.0.1:8080"'],
    ["test(`x() takes ${n}`, () => {});", "A test's name is a plain string"],
  ])("refuses %s", ([line, message]) => {
    expect(complaints(line)).toEqual([expect.stringContaining(`${file}:3: ${message}`)]);
  });

  test.for([
    ["serve() should return", "says should"],
    ["serve() returns it.", "ends with a period"],
    ["serve returning it", "does not begin with a symbol()"],
    ["returns it", "does not begin with a symbol()"],
    ["The server ends", "does not begin with a symbol()"],
  ])("refuses the name %s", ([name, message]) => {
    expect(named(name!)).toEqual([expect.stringContaining(`"${name}" ${message}`)]);
  });

  test("refuses the test of something else", () => {
    const source = 'import { test } from "vitest";\n';
    expect(checkTest(file, source).map(mistakeText)).toEqual([
      `${file}:1: It does not test #exercises/02-echo/1-serve.ts`,
    ]);
  });
});

describe("checkContract()", () => {
  const solution = (contract: string, todo: string) =>
    text(
      `/** ${contract} @module */`,
      "export function serve(port: number) {",
      `  // #region todo ${todo}`,
      "  // Without pipe() it would be longer.",
      "  listen(port).pipe(socket);",
      "  // #endregion",
      "}",
    );
  const complaints = (contract: string, todo = "Listen") => {
    const text = solution(contract, todo);
    return checkContract(text, cutStub(text));
  };

  test("accepts a contract that says what, not how", () => {
    expect(complaints("`serve(port)` listens on it, and pipes.")).toEqual([]);
  });

  test("refuses a contract that tells the solution", () => {
    expect(complaints("It is one line: `pipe()`.")).toEqual([
      "A comment names pipe(), which only the solution calls",
    ]);
    expect(complaints("It serves.", "Call pipe()")).toEqual([
      "A comment names pipe(), which only the solution calls",
    ]);
    expect(complaints("See solutions/02-echo.")).toEqual(["A comment speaks of the solution"]);
  });
});

test("test/answers/README.md lists every mistake once, in order", () => {
  const numbers = [...read("test/answers/README.md").matchAll(/^\| (M\d\d) \|/gm)]
    .map((row) => row[1]);
  expect(numbers).toEqual([...new Set(numbers)].sort());
  expect(numbers.length).toBeGreaterThan(0);
  expect(names("test/answers")).toContain("README.md");
});
