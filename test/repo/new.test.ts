import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { text as readText } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { transcripts } from "../../course/lessons/console-fences.ts";
import { checkContract } from "../../course/rules/contract-rules.ts";
import { checkExample } from "../../course/rules/example-rules.ts";
import { checkFences } from "../../course/lessons/fences.ts";
import { checkHints } from "../../course/rules/hint-rules.ts";
import { checkLayout, courseFiles } from "../../course/rules/layout.ts";
import { checkLesson } from "../../course/rules/lesson-rules.ts";
import { mistakeText } from "../../course/lessons/mistakes.ts";
import { findRuntime, here } from "../../course/runtimes.ts";
import { checkTest } from "../../course/rules/test-rules.ts";
import { checkTranscript } from "../../course/lessons/transcripts.ts";
import { CourseCopy, machinery } from "./course-copy.ts";

const keys = ["14-reliability/1-checksum", "14-reliability/2-end-to-end"];
const lesson = "lessons/14-reliability.md";
const example = "examples/14-reliability/hello.ts";
const course = new CourseCopy(machinery);

beforeAll(async () => {
  await course.type("new 14-reliability 1-checksum");
  await course.type("new 14-reliability 2-end-to-end program");
});
afterAll(() => course[Symbol.dispose]());

describe("new", () => {
  test("writes every file of an exercise and of its lesson", () => {
    const files = courseFiles(course.root).filter((file) =>
      !/^(test\/support|berkeley)\//.test(file)
    );
    expect(files).toEqual([
      example,
      lesson,
      "solutions/14-reliability/1-checksum.hints.md",
      "solutions/14-reliability/1-checksum.ts",
      "solutions/14-reliability/2-end-to-end.hints.md",
      "solutions/14-reliability/2-end-to-end.ts",
      "test/14-reliability/1-checksum.test.ts",
      "test/14-reliability/2-end-to-end.test.ts",
      "test/answers/14-reliability/1-checksum/right-copy.ts",
      "test/answers/14-reliability/1-checksum/wrong-own-nothing.ts",
      "test/answers/14-reliability/2-end-to-end/right-two-writes.ts",
      "test/answers/14-reliability/2-end-to-end/wrong-own-silent.ts",
      "test/answers/README.md",
    ]);
    expect(checkLayout(files)).toEqual([]);
  });

  test("overwrites nothing", async () => {
    course.write(`exercises/${keys[0]}.ts`, "// mine\n");
    const { out } = await course.type("new 14-reliability 1-checksum");
    expect(out).toContain(`kept     exercises/${keys[0]}.ts\n`);
    expect(out).not.toContain("written");
    expect(course.text(`exercises/${keys[0]}.ts`)).toBe("// mine\n");
    await course.type("reset 14/1");
  });

  test("writes answers that are judged as they must be, and names what is missing", async () => {
    const { out, code } = await course.type(`verify answers pristine ${here}`);
    expect(out.match(/failed: .*/g)).toEqual(keys.flatMap((key) => [
      `failed: ${key} has 1 wrong answers, wanted at least 4`,
      `failed: ${key} has 1 right answers, wanted at least 2`,
    ]));
    expect(out).toMatch(/^ok +stubs equal solutions +2\/2 /m);
    expect(out).toMatch(/^ok +solutions pass .* 2\/2 /m);
    expect(out).toMatch(/^ok +stubs are not written yet .* 2\/2 /m);
    expect(out).toMatch(/^ok +wrong answers are refused by name .* 2\/2 /m);
    expect(out).toMatch(/^ok +right answers are accepted .* 2\/2 /m);
    expect(code).toBe(1);
  });

  test("writes tests, hints and contracts as they must be", () => {
    for (const key of keys) {
      const [test, hints] = [`test/${key}.test.ts`, `solutions/${key}.hints.md`];
      expect(checkTest(test, course.text(test)).map(mistakeText)).toEqual([]);
      expect(checkHints(hints, course.text(hints), course.root).map(mistakeText)).toEqual([]);
      const [solution, stub] = [`solutions/${key}.ts`, `exercises/${key}.ts`];
      expect(checkContract(course.text(solution), course.text(stub))).toEqual([]);
    }
  });

  test("writes a lesson and an example as they must be", async () => {
    const markdown = course.markdown(lesson);
    const facts = { root: course.root, number: 14, exercises: ["14/1"], navigation: [] };
    const [transcript] = transcripts(markdown);
    const { mistakes } = await checkTranscript(transcript!, { root: course.root, runtime: here });
    const found = [
      ...checkLesson(markdown, facts),
      ...checkFences(markdown, course.root),
      ...checkExample(example, course.text(example)),
      ...mistakes,
    ];
    expect(found.map(mistakeText)).toEqual([]);
  });

  test("writes what deno fmt, lint and check accept", async ({ skip }) => {
    const deno = findRuntime("deno");
    if (!deno) return skip("Deno is not on this machine");
    const folders = ["solutions", "exercises", "examples", "test/answers", "test/14-reliability"];
    const words = ["fmt --check", "lint", "check course/judge/slots.ts"];
    const complaints = await Promise.all(words.map(async (line) => {
      const child = spawn(deno.binary, [...line.split(" "), ...folders], {
        cwd: course.root,
        env: { ...process.env, NO_COLOR: "1" },
        stdio: ["ignore", "ignore", "pipe"],
        timeout: 60_000,
      });
      const [text, [code]] = await Promise.all([readText(child.stderr), once(child, "close")]);
      return code === 0 ? "" : text;
    }));
    expect(complaints).toEqual(["", "", ""]);
  });
});
