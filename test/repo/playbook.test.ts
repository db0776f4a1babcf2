import { execFileSync } from "node:child_process";
import { getSystemErrorMap } from "node:util";
import { describe, expect, test } from "vitest";
import { exercises, read } from "../../course/disk.ts";
import { parsePlaybook } from "../../course/lessons/playbook.ts";
import { missingTool } from "#support/tool.ts";

const file = "lessons/playbook.md";
const text = read(file);
const symptoms = parsePlaybook(file, text);

/** The rows of its last table. */
const rows = [...text.matchAll(/^\| (E\w+) \| (\d+) \| (.+) \| (.+) \| \[.+\]\(#(.+)\) \|$/gm)]
  .map(([, name, number, system, node, section]) => ({
    name: name!,
    number: Number(number),
    system: system!,
    node: node === "the same" ? system!.toLowerCase() : node!,
    section: section!,
  }));

/** What this machine says of an error: the kernel's number, C's text, Python's class. */
const ask = `
import errno, json, os
numbers = {name: number for name, number in vars(errno).items() if name.startswith("E")}
print(json.dumps({name: [number, os.strerror(number), type(OSError(number, "")).__name__]
  for name, number in numbers.items()}))`;

test("every symptom has an exercise that shows it, and every exercise that it names is there", () => {
  expect(symptoms.length).toBeGreaterThan(10);
  const ids = exercises().map(({ id }) => id);
  expect(symptoms.filter(({ exercise }) => !ids.includes(exercise))).toEqual([]);
});

test("no words lead to two places", () => {
  const all = symptoms.flatMap(({ words }) => words.map((it) => it.toLowerCase()));
  expect(all.filter((it, i) => all.indexOf(it) !== i)).toEqual([]);
});

describe.skipIf(process.platform !== "linux")("the table of all errors", () => {
  const said = missingTool("python3")
    ? {}
    : JSON.parse(execFileSync("python3", ["-c", ask], { encoding: "utf8" }));

  test.for(rows)("tells $name as it is", ({ name, number, system, node, section }, { skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const [realNumber, realText, pythonClass] = said[name] as [number, string, string];
    expect([number, system]).toEqual([realNumber, realText]);
    const [nodeName, nodeText] = getSystemErrorMap().get(-number)!;
    expect(node).toBe(nodeText);
    const words = symptoms.find(({ anchor }) => anchor === section)!.words
      .map((it) => it.toLowerCase());
    const due = [name, nodeName, realText, nodeText, pythonClass]
      .filter((it) => it !== "OSError" && !words.some((known) => it.toLowerCase().includes(known)));
    expect(due, `lead to #${section}`).toEqual([]);
  });

  test("has all that calls of a socket may fail with", () => {
    expect(rows.length).toBeGreaterThan(30);
  });
});
