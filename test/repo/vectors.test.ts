import { join } from "node:path";
import { expect, test } from "vitest";
import { read, root } from "../../course/disk.ts";
import { missingTool, runTool } from "#support/tool.ts";

const folder = "lessons/data/09-numbers";

/** What a Python program prints, with python3 as it is here. */
async function printed(file: string): Promise<string> {
  const { code, stdout, stderr } = await runTool("python3", [join(root, file)]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return Buffer.from(stdout).toString();
}

test("python3 packs the stored headers as they are stored", async ({ skip }) => {
  const missing = missingTool("python3");
  if (missing) skip(missing);
  const [comment, ...lines] = read(`${folder}/headers.tsv`).split("\n");
  expect(comment).toMatch(/^# lessons\/data\/09-numbers\/headers\.sh, with Python 3/);
  expect(await printed("test/peers/pack_headers.py")).toBe(lines.join("\n"));
});

test("python3 makes the stored dumps as they are stored", async ({ skip }) => {
  const missing = missingTool("python3");
  if (missing) skip(missing);
  const dumps = await printed(`${folder}/dumps.py`);
  expect(dumps.trimEnd()).toBe(read(`${folder}/dumps.txt`).trimEnd());
});
