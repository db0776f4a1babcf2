import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { answers } from "../../course/answers/answers.ts";
import { type Lesson, lessons, read } from "../../course/disk.ts";
import { call, here } from "../../course/runtimes.ts";
import { cleanCheckout, client, type CourseCopy, printed, server } from "./course-copy.ts";

// A path cannot be broken, and is of no use when it is cut.
const isPath = (line: string) => /^\S+$/.test(line);

/** Without what differs from run to run, and from runtime to runtime. */
const steady = (text: string) =>
  text.replace(/\(.*? s\)/, "(RUNTIME, T s)").replaceAll(/ +\d+ ms /g, " T ms ")
    .replaceAll(/within [\d.]+ s/g, "within T s").replaceAll(/\w+ \w+ course/g, "npm run course");

describe.concurrent("check", () => {
  test.for([
    { key: server, columns: 40, names: ["as-text", "fixed-port", "own-greets"] },
    { key: client, columns: 100, names: ["as-text", "first-chunk", "empty-is-an-error"] },
  ])(
    "takes at most 12 lines of $columns columns, with the answer's words and no colour",
    async ({ key, columns, names }) => {
      using course = cleanCheckout();
      const wrong = answers(key, "wrong")
        .filter(({ file }) => names.some((name) => file.endsWith(`-${name}.ts`)));
      expect(wrong).toHaveLength(3);
      for (const { file, says } of wrong) {
        course.write(`exercises/${key}.ts`, read(file));
        const env = { COLUMNS: String(columns), FORCE_COLOR: "1" };
        const { out, code } = await course.type(`check ${key}`, { env });
        const lines = out.trimEnd().split("\n");
        for (const words of says) expect(lines.join(" ")).toContain(words);
        expect(lines.length).toBeLessThanOrEqual(12);
        expect(lines.at(-1)).toContain(`Next: ${call} hint`);
        expect(lines.filter((line) => line.length > columns && !isPath(line))).toEqual([]);
        expect(out).not.toContain("\x1b");
        expect(code).toBe(1);
      }
    },
  );

  test("prints what the README shows", async () => {
    using course = cleanCheckout();
    const { file } = answers(server, "wrong").find((it) => it.file.includes("M56-one-at-a-time"))!;
    course.write(`exercises/${server}.ts`, read(file));
    const { out } = await course.type("check 02/1", { env: { COLUMNS: "80" } });
    const shown = /```text\n([\s\S]*?)```/.exec(read("README.md"))![1]!;
    expect(steady(out)).toBe(steady(shown));
  });

  test("says that nothing was judged, with exit code 2, when there is no test", async () => {
    using course = cleanCheckout();
    course.remove(`test/${client}.test.ts`);
    const { out, code } = await course.type("check 02/2");
    expect(out).toMatch(/^02\/2 read-reply: could not be judged .*\nNo test ran\n.* doctor\n$/);
    expect(code).toBe(2);
  });

  test("gives its verdict where no progress can be kept", async () => {
    using course = cleanCheckout();
    course.write(".course", "a file where a folder should be");
    const { out, err, code } = await course.type("check 02/2");
    expect(out).toContain("requestReply() is not written yet");
    expect(err).toContain("Your progress cannot be kept in .course/: ");
    expect(code).toBe(1);
  });
});

// script(1) of util-linux gives a program a terminal of its own.
const hasScript = spawnSync("script", ["--version"]).status === 0;
const noScript = "script(1) of util-linux, which makes a terminal, is not here";

function inTerminal(course: CourseCopy, line: string, env: Record<string, string> = {}) {
  const runner = [process.execPath, ...(here === "deno" ? ["run", "-A"] : []), "course/main.mjs"];
  const child: ChildProcess = spawn("script", ["-qec", [...runner, line].join(" "), "/dev/null"], {
    cwd: course.root,
    env: { PATH: process.env.PATH, TERM: "xterm", ...env },
  });
  return {
    until: printed(child),
    type(key: string) {
      child.stdin!.write(key);
    },
    async ended() {
      if (child.exitCode === null) await once(child, "close");
    },
    async ctrlC() {
      this.type("\x03");
      await this.ended();
    },
    [Symbol.dispose]() {
      child.kill();
    },
  };
}

describe.concurrent("in a terminal", () => {
  test("list has colours, unless NO_COLOR is set", async ({ skip }) => {
    if (!hasScript) return skip(noScript);
    using course = cleanCheckout();
    using terminal = inTerminal(course, "list");
    await terminal.until(/\[1mTCP by Hand/);
    using plain = inTerminal(course, "list", { NO_COLOR: "1" });
    await plain.until(/^TCP by Hand/);
  });

  test("start gives a verdict after every save, until Ctrl-C", async ({ skip }) => {
    if (!hasScript) return skip(noScript);
    using course = cleanCheckout();
    using terminal = inTerminal(course, "start", { NO_COLOR: "1" });
    await terminal.until(/Save an exercise, and it is judged\.[^]*Ctrl-C ends this\./);
    course.copy(`solutions/${client}.ts`, `exercises/${client}.ts`);
    await terminal.until(/02\/2 read-reply: passed/);
    await terminal.ctrlC();
  });

  test(
    "start opens the lesson of the exercise at hand with o, and ends with q",
    async ({ expect, skip }) => {
      if (!hasScript) return skip(noScript);
      using course = cleanCheckout();
      course.copyFrom(
        ...["lessons", "examples", "solutions", "test/peers", "test/answers"],
        "typedoc.config.mjs",
      );
      course.write("browser", '#!/bin/sh\necho "$1" > opened\n');
      chmodSync(join(course.root, "browser"), 0o755);
      const env = { NO_COLOR: "1", BROWSER: join(course.root, "browser") };
      using terminal = inTerminal(course, "start", env);
      await terminal.until(/o opens the lesson/);
      terminal.type("o");
      const [, url = ""] = await terminal.until(/The lesson: (http:\S+)/);
      const [{ slug, title }] = lessons() as [Lesson];
      expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:\\d+/lessons/${slug}\\.html$`));
      await expect.poll(() => course.text("opened")).toBe(`${url}\n`);
      expect(await (await fetch(url)).text()).toContain(title);
      terminal.type("q");
      await terminal.ended();
      await expect.poll(() => fetch(url).then(() => "served", () => "gone")).toBe("gone");
    },
    60_000,
  );
});
