import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { call } from "../../course/runtimes.ts";
import { cleanCheckout, client, type CourseCopy, server } from "#support/course-copy.ts";
import { text } from "#support/temp-course.ts";

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

const next = `Mend it, then: ${call} check 02/2`;

describe("check", () => {
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

  test("says where an exercise threw while it was loaded", async () => {
    const answer = text('throw new RangeError("Nobody at home");', reply, "}");
    expect(await verdictOn(answer)).toBe(
      text(
        "It could not be loaded: RangeError: Nobody at home",
        `    at ${file}:1`,
        next,
      ).trimEnd(),
    );
  });

  test("says that an exercise imports what is not there", async () => {
    expect(await verdictOn(text('import "./nowhere.ts";', reply, "}"))).toBe(
      text(
        `It could not be loaded: Error: Cannot find module './nowhere.ts' imported from`,
        file,
        `    at ${file}:1`,
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

  test("says that an exercise left the process in a test", async () => {
    const verdict = await verdictOn(text(reply, "  process.exit(3);", "}"));
    expect(verdict).toContain(
      "requestReply() failed: process.exit(3) was called (2-read-reply.ts, line 2)\n",
    );
  });

  test("says that the process of an exercise was killed", async () => {
    const answer = text(
      reply,
      "  await new Promise((resolve) => setTimeout(resolve, 200));",
      '  process.kill(process.pid, "SIGKILL");',
      "}",
    );
    const verdict = await verdictOn(answer);
    expect(verdict).toContain("requestReply() returns a short reply\n");
    expect(verdict).toContain("Its process came to a sudden end: it was killed, or it ran out of");
    expect(verdict).toContain(next);
  });

  test("is not led astray by what an exercise prints", async () => {
    const answer = text(
      reply,
      '  process.stdout.write("{oops\\n{\\"type\\":\\"end\\"}\\n\\x1e{}\\n\\x1e[");',
      '  console.log("{"); console.error("{");',
      "  return 1;",
      "}",
    );
    expect(await verdictOn(answer)).toContain("requestReply() gave number, not a Uint8Array");
  });

  test("ends what never comes back, and says so", async () => {
    const loop = "It computed without a pause and never came back: an endless loop";
    const wait = "It was never loaded: an await outside of all functions still waits";
    const [atImport, inFunction, forever] = await Promise.all([
      verdictOn(text("for (;;);", reply, "}")),
      verdictOn(text(reply, "  for (;;);", "}")),
      verdictOn(text("await new Promise(() => {});", reply, "}")),
    ]);
    expect(atImport).toBe(`${loop}\n${next}`);
    expect(inFunction).toContain(loop);
    expect(forever).toBe(`${wait}\n${next}`);
  }, 60_000);

  test("leaves no process behind when it is told to stop", async ({ skip }) => {
    if (!existsSync("/proc/self/cwd")) return skip("this system has no /proc to look for them");
    using course = cleanCheckout();
    course.write(`exercises/${server}.ts`, 'console.log("Listening on 127.0.0.1:1");for (;;);');
    const runner = course.start("check 02/1");
    while (!processesIn(course.root).some((line) => line.includes("1-echo-server.ts"))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    runner.kill("SIGTERM");
    const [, signal] = await once(runner, "close");
    expect(signal).toBe("SIGTERM");
    await expect.poll(() => processesIn(course.root)).toEqual([]);
  }, 30_000);
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
