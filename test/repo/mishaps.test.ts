import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { call, here } from "../../course/runtimes.ts";
import { cleanCheckout, client, type CourseCopy, server } from "./course-copy.ts";
import { text } from "./temp-course.ts";

const file = `exercises/${client}.ts`;
const reply = "export async function requestReply() {";

/** What the runner prints of an answer to 02/2, without its first line. */
async function verdictOn(answer: string, course: CourseCopy = cleanCheckout()): Promise<string> {
  using copy = course;
  copy.write(file, answer);
  const { out, err, code } = await copy.type("check 02/2");
  expect(err).toBe("");
  expect(out).toMatch(/^02\/2 read-reply: not yet \(.*\)\n/);
  expect(out.split("\n").length).toBeLessThanOrEqual(13);
  expect(out).not.toContain(copy.root);
  expect(code).toBe(1);
  return out.slice(out.indexOf("\n") + 1).trim();
}

const bound = { timeout: 20_000, interval: 5 };
const next = `Mend it, then: ${call} check 02/2`;

describe.concurrent("check", () => {
  test("shows the line of a syntax error", async () => {
    const answer = text('import net from "node:net";', "", reply, "  const port = {;", "}");
    expect(await verdictOn(answer)).toBe(
      text(
        `Line 4 of ${file} cannot be read as TypeScript: Unexpected token`,
        "     4 |   const port = {;",
        "       |                 ^",
        next,
      ).trimEnd(),
    );
  });

  test("says that an exercise left the process while it was loaded", async () => {
    expect(await verdictOn(text("process.exit(0);", reply, "}"))).toBe(
      text(
        "process.exit(0) was called while it was loaded, before any test could call it",
        `    at ${file}:1`,
        next,
      ).trimEnd(),
    );
  });

  test.for([
    [
      "export function requestRply() {}",
      "It exports no function requestReply, which the tests call",
    ],
    [
      `${reply} await Deno.connect({ port: 1 }); }`,
      here === "node"
        ? 'It calls Deno\'s own API, and this is Node. Add the word "deno" to the check'
        : "requestReply() failed: ",
    ],
    ['import "./nope.ts";', "It imports ./nope.ts, which is not there"],
  ])("speaks of a slip as what it is: %s", async ([answer, sentence], { expect }) => {
    const verdict = await verdictOn(answer!);
    expect(verdict).toContain(sentence);
    if (!sentence!.endsWith(": ")) expect(verdict).toContain(next);
  });

  test("hears of a failure whose text has other ends of lines in it", async () => {
    const answer = text(reply, '  throw new Error("broke\\u2028off");', "}");
    expect(await verdictOn(answer)).toContain("requestReply() failed: Error: broke off");
  });

  test("says which tests it could not run", async () => {
    using course = cleanCheckout();
    course.copy(`solutions/${client}.ts`, file);
    const tests = `test/${client}.test.ts`;
    const more = 'test("nc gets a reply", ({ skip }) => skip("nc is not on this machine"));';
    course.write(tests, `${course.text(tests)}\n${more}\n`);
    const { out, code } = await course.type("check 02/2");
    expect(out).toMatch(/passed, (\d+) of \d+ tests/);
    expect(out).toContain("not run: nc gets a reply: nc is not on this machine\n");
    expect(code).toBe(0);
  });

  test("speaks of a slip in a program as what it is", async () => {
    using course = cleanCheckout();
    course.write(`exercises/${server}.ts`, "const port == 5;");
    const { out } = await course.type("check 02/1");
    expect(out).toContain("It cannot be read as TypeScript: ");
    expect(out).toContain(`Mend it, then: ${call} check 02/1`);
  });

  test("shows the last lines that an exercise printed", async () => {
    const answer = text(reply, '  for (const n of [1, 2, 3, 4]) console.log("line", n);', "}");
    const verdict = await verdictOn(answer);
    expect(verdict).toContain(
      "    it printed: line 2\n    it printed: line 3\n    it printed: line 4\n",
    );
  });

  test("ends an endless loop, and says so", async () => {
    const verdict = await verdictOn(text(reply, "  for (;;);", "}"));
    expect(verdict).toContain("It computed without a pause and never came back: an endless loop");
    expect(verdict).toContain(next);
  }, 120_000);

  test("ends a wait without end, and says so", async ({ skip }) => {
    if (!existsSync("/proc/self/stat")) return skip("this system has no /proc to see it in");
    const wait = "  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);";
    const verdict = await verdictOn(text(reply, wait, "}"));
    expect(verdict).toContain("It waited in a call of the system that did not return");
  }, 120_000);

  test.for(["SIGTERM", "SIGINT", "SIGKILL"] as const)(
    "leaves no process behind after %s",
    async (signal, { expect, skip }) => {
      if (!existsSync("/proc/self/cwd")) return skip("this system has no /proc to look for them");
      using course = cleanCheckout();
      course.write(`exercises/${server}.ts`, "for (;;);");
      const runner = course.start("check 02/1");
      await expect.poll(() => processesIn(course.root).join(), bound).toContain("1-echo-server.ts");
      process.kill(runner.pid!, signal);
      const [, by] = await once(runner, "close");
      expect(by).toBe(signal);
      await expect.poll(() => processesIn(course.root), bound).toEqual([]);
    },
  );
});

/** The command lines of all processes whose folder it is; Linux only. */
function processesIn(folder: string): string[] {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).flatMap((pid) => {
    try {
      const isThere = readlinkSync(`/proc/${pid}/cwd`) === folder;
      return isThere ? [readFileSync(`/proc/${pid}/cmdline`, "utf8")] : [];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}
