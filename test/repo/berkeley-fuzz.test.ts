import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bound } from "#support/deadline.ts";
import { output, start } from "./berkeley/here.ts";

// To try for longer: node test/repo/berkeley/fuzz.ts calls=1000000

const withoutNameServer = { env: ["RES_OPTIONS=attempts:0"] };

/** What the fuzzer found, with the last call when it has died over it; empty when nothing. */
async function findings(args: string[], v8: string[] = []): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-log-"));
  const log = join(folder, "log");
  await using child = start("fuzz.ts", [...args, `log=${log}`], { ...withoutNameServer, v8 });
  const inTime = await child.ended(bound(40_000));
  const last = readFileSync(log, "utf8").trim();
  rmSync(folder, { recursive: true });
  if (child.exit === "exit code 0") return "";
  const end = inTime ? `It ended with ${child.exit}` : "It hung";
  return `${child.stdout}${child.stderr}\n${end}; seed, number and text of the last call: ${last}`;
}

test("no argument and no order of calls makes a call crash, hang or throw what is not its own", {
  timeout: 400_000,
}, async () => {
  expect(await findings(["seconds=12"])).toBe("");
});

test("nor does a collection of garbage before each of some calls", {
  timeout: 400_000,
}, async () => {
  expect(await findings(["seconds=3", "gc"], ["--expose-gc"])).toBe("");
});

test("a fuzzer that finds something tells how to see it again", async () => {
  const found = await findings(["seconds=5", "only=htons", "broken"]);
  expect(found).toContain("threw what it must not: Error: a fault put there on purpose");
  expect(found).toMatch(/To replay it: .*fuzz\.ts only=htons broken seed=\d+ calls=1\n/);
});

test("an error has the number of its call, whatever is allocated meanwhile", async () => {
  expect(await output("errno.ts", ["100000"])).toBe("100000 times EAGAIN\n");
}, 120_000);
