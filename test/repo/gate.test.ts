import { beforeAll, describe, expect, test } from "vitest";
import { here } from "../../course/runtimes.ts";
import { CourseCopy, machinery } from "./course-copy.ts";
import { text } from "./temp-course.ts";

const right = "return Uint8Array.of(...bytes, ...bytes);";
const half = "return bytes;";
const asText = 'return "twice" as unknown as Uint8Array;';

/** An answer to an exercise of which nobody needs a lesson: give the bytes twice. */
function answer(header: string[], body: string, top = ""): string {
  return text(
    "/**",
    ...header.map((line) => ` * ${line}`),
    " *",
    " * @module",
    " */",
    ...(top ? [top] : []),
    "export async function twice(bytes: Uint8Array): Promise<Uint8Array> {",
    "  await Promise.resolve();",
    `  ${body}`,
    "}",
  );
}

const wrong = (cause: string, says: string, body: string, top?: string) =>
  answer([`Wrong, ${cause}: has a fault.`, "", ...(says ? [`Says: "${says}"`] : [])], body, top);
const solution = (body: string) => answer(["Gives bytes twice."], body);
const todo = (body: string) => `// #region todo Give them twice\n  ${body}\n  // #endregion`;

const exercise = (name: string, solution: string) => ({
  [`solutions/01-x/${name}.ts`]: solution,
  [`test/01-x/${name}.test.ts`]: text(
    'import { test } from "vitest";',
    `import { twice } from "#exercises/01-x/${name}.ts";`,
    'import { toBytes } from "#support/hex.ts";',
    'import { Calls } from "#support/calls.ts";',
    'test("twice() gives bytes twice", async () => {',
    '  await new Calls().returns("twice()", () => twice(toBytes("one")), toBytes("oneone"));',
    "});",
  ),
});

const answers = (name: string, files: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(files).map(([file, text]) => [`test/answers/01-x/${name}/${file}.ts`, text]),
  );

const nowhere = 'import "./nowhere.ts";';
const throwsNo = 'throw new RangeError("No");';
const waits = "await new Promise(() => {});";
const dies = 'process.kill(process.pid, "SIGKILL");';
// What the judge says goes the same way.
const prints = 'process.stdout.write(\'{oops\\n{"type":"end"}\\n\\x1e{}\\n\\x1e[\');';

const files = {
  ...exercise("1-well-judged", solution(todo(right))),
  ...answers("1-well-judged", {
    "wrong-M01-half": wrong("M01", "gave 3 of 6 bytes", half),
    "wrong-own-syntax": wrong("own", "cannot be read as TypeScript: Unexpected", "const x = {;"),
    "wrong-own-import": wrong("own", "It imports ./nowhere.ts, which is not there", right, nowhere),
    "wrong-own-throws": wrong("own", "It could not be loaded: RangeError: No", right, throwsNo),
    "wrong-own-exits": wrong(
      "own",
      "process.exit(0) was called while it",
      right,
      "process.exit(0);",
    ),
    "wrong-own-exits-in-test": wrong(
      "own",
      "failed: process.exit(3) was called",
      "process.exit(3);",
    ),
    "wrong-own-loads-never": wrong("own", "an endless loop", right, "for (;;);"),
    "wrong-own-waits": wrong("own", "It was never loaded: an await outside", right, waits),
    "wrong-own-dies": wrong("own", "Its process came to a sudden end", `${dies}\n  ${right}`),
    "wrong-own-prints": wrong("own", "gave string", `${prints}\n  ${asText}`),
    "right-concat": answer(["Right: joins."], "return Buffer.concat([bytes, bytes]);"),
    "right-array": answer(["Right: copies."], right),
  }),
  ...exercise("2-badly-judged", solution(todo(right))),
  ...answers("2-badly-judged", {
    "wrong-M01-is-right": wrong("M01", "gave 3 of 6 bytes", right),
    "wrong-M02-other-words": wrong("M02", "gave 5 of 6 bytes", half),
    "wrong-M03-twin": wrong("M03", "gave string", asText),
    "wrong-M04-twin": wrong("M04", "gave string", asText),
    "wrong-M05-told-twin": answer(
      [
        "Wrong, M05: has a fault.",
        "",
        'Says: "gave string"',
        "Same as: wrong-M03-twin.ts, why not",
      ],
      asText,
    ),
    "wrong-M99-mute": wrong("M99", "", 'throw new RangeError("No");'),
    "wrong-M06-misnamed": wrong(
      "M07",
      "a sudden end",
      "await new Promise((resolve) => setTimeout(resolve, 100));" + dies + right,
    ),
    "right-loops": answer(["Right: takes its time."], "for (;;);"),
    "right-half": answer(["Right: saves memory."], half),
  }),
  ...exercise("3-wrong-solution", solution(todo(half))),
  ...exercise("4-written-stub", solution(right)),
  ...exercise("5-repair", solution(right)),
  ...answers("5-repair", { "wrong-stub-half": wrong("M01", "gave 3 of 6 bytes", half) }),
  ...answers("6-of-nothing", { "wrong-own-x": wrong("own", "x", half) }),
};

describe("verify answers", () => {
  let complaints: string[] = [];
  let code: number | null = null;

  beforeAll(async () => {
    using course = new CourseCopy(machinery, files);
    const typed = await course.type(`verify answers ${here}`);
    code = typed.code;
    complaints = typed.out.split("\n").filter((line) => line.startsWith("       failed: "))
      .map((line) => line.slice("       failed: ".length).replace("test/answers/01-x/", ""));
    if (complaints.length === 0) throw new Error(typed.out + typed.err);
  }, 200_000);

  const about = (name: string) => complaints.filter((line) => line.includes(name));

  test("fails as a whole", () => {
    expect(code).toBe(1);
  });

  test("has nothing to say of answers that are judged as they must be, mishaps among them", () => {
    expect(about("1-well-judged")).toEqual([]);
  });

  test("has nothing to say of a repair whose stub is refused with its words", () => {
    expect(about("5-repair")).toEqual([
      "01-x/5-repair has 1 wrong answers, wanted at least 4",
      "01-x/5-repair has 0 right answers, wanted at least 2",
    ]);
  });

  test.for<[string, string, string]>([
    ["a wrong answer that is accepted", "wrong-M01-is-right", "was accepted"],
    [
      "a wrong answer that is refused without its words",
      "wrong-M02-other-words",
      'was refused, but not with the words "gave 5 of 6 bytes": twice() gave 3 of 6 bytes',
    ],
    [
      "two wrong answers with the same first sentence",
      "M04-twin",
      "gets the same first sentence as test/answers/01-x/2-badly-judged/wrong-M03-twin.ts",
    ],
    ["a wrong answer without words", "M99-mute", "has no line 'Says: \"...\"'"],
    [
      "an answer named after another cause than its header",
      "M06-misnamed",
      "is named after M06, and its header after M07",
    ],
    ["a right answer that is refused", "right-half", "was refused by"],
    [
      "a right answer that never comes back",
      "right-loops",
      "It computed without a pause and never came back: an endless loop",
    ],
    [
      "a solution that fails",
      "solutions/01-x/3-wrong-solution",
      'was refused by "twice() gives bytes twice": twice() gave 3 of 6 bytes',
    ],
    ["a stub that passes", "exercises/01-x/4-written-stub.ts", "was accepted"],
    ["an unknown mistake", "An answer names M99", "test/answers/README.md does not list"],
    ["an answer to no exercise", "6-of-nothing", "belongs to no exercise"],
    ["too few answers", "01-x/4-written-stub has 0 wrong answers", "wanted at least 4"],
  ])("notices %s", ([, name, message]) => {
    expect(about(name).join("\n")).toContain(message);
  });

  test("accepts two with the same first sentence when a header says why", () => {
    expect(about("M05-told-twin")).toEqual([]);
  });

  test("says nothing else", () => {
    expect(complaints.filter((line) => !/has \d (wrong|right) answers/.test(line))).toHaveLength(
      11,
    );
  });
});

test("verify answers ends with a sentence at an answer with another header", async () => {
  using course = new CourseCopy(machinery, {
    ...exercise("1-well-judged", solution(todo(right))),
    ...answers("1-well-judged", { "wrong-own-x": answer(["has no header"], half) }),
  });
  const { code, err } = await course.type("verify answers");
  expect(err).toMatch(/^test\/answers\/01-x\/1-well-judged\/wrong-own-x\.ts must open with .*\n$/);
  expect(code).toBe(2);
});

test("verify repo fails when a test file is killed, leaves an error, or has no tests", async () => {
  const file = (body: string) => `import { test } from "vitest";\n${body}\n`;
  using course = new CourseCopy(machinery, {
    "test/repo/killed.test.ts": file(`test("x", () => { ${dies} });`),
    "test/repo/errs.test.ts": file('test("x", () => { void Promise.reject(new Error("Mine")); });'),
    "test/repo/empty.test.ts": file(""),
  });
  const { code, out, err } = await course.type(`verify killed errs empty ${here}`);
  expect(`${out}${err}`.match(/^FAILED \w+/gm)).toEqual([
    "FAILED empty",
    "FAILED errs",
    "FAILED killed",
  ]);
  expect(code).toBe(1);
});
