import { type ChildProcess, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import net from "node:net";
import { delimiter, join } from "node:path";
import process from "node:process";
import { afterAll, describe, expect, test } from "vitest";
import { answers } from "../../course/answers.ts";
import { read } from "../../course/disk.ts";
import { call, findRuntime, here } from "../../course/runtimes.ts";
import { stubOf } from "../../course/stub.ts";
import { cleanCheckout, client, CourseCopy, machinery, server } from "#support/course-copy.ts";
import { text } from "#support/temp-course.ts";

const { label } = findRuntime(here)!;
const clientFile = `exercises/${client}.ts`;
const course = cleanCheckout();
afterAll(() => course[Symbol.dispose]());

const type = async (line: string) => {
  const { out, err, code } = await course.type(line);
  return { lines: out.trimEnd().split("\n"), out, err, code };
};
const progress = () => JSON.parse(course.text(".course/progress.json")).exercises;
const remember = (traces: unknown) =>
  course.write(".course/progress.json", JSON.stringify({ current: server, exercises: traces }));

/** Waits until a child has printed something. */
async function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  let out = "";
  for await (const chunk of child.stdout!.iterator({ destroyOnReturn: false })) {
    const match = pattern.exec(out += chunk);
    if (match) return match;
  }
  throw new Error(`It ended without printing ${pattern}: ${out}`);
}

async function isRefused(port: number): Promise<boolean> {
  const socket = net.connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

describe("start", () => {
  test("shows the map and one verdict, and ends where there is no terminal", async () => {
    const { lines, out, code } = await type("start");
    expect(lines.slice(0, 7)).toEqual([
      "TCP by Hand",
      "02  Echo: server and client  lessons/02-echo.md",
      "  [ ] 02/1 echo-server  <- you are here",
      "  [ ] 02/2 read-reply",
      "0 of 2 exercises solved",
      "",
      "Read  lessons/02-echo.md",
    ]);
    expect(out).toContain(`Edit  exercises/${server}.ts\n`);
    expect(out).toContain("is not written yet: it throws where its TODO stands");
    expect(lines.at(-1)).toBe(`Next: ${call} hint 02/1`);
    expect(code).toBe(1);
  });
});

describe("check", () => {
  test("judges a whole lesson, and moves nobody to another exercise", async () => {
    const { out, code } = await type("check 02");
    expect(out.match(/^02\/\d .*: not yet \(.*, [\d.]+ s\)$/gm)).toEqual([
      expect.stringMatching(/^02\/1 echo-server: not yet/),
      expect.stringMatching(/^02\/2 read-reply: not yet/),
    ]);
    expect(out).toContain(`(${label}, `);
    expect((await type("list")).out).toContain("02/1 echo-server  <- you are here");
    expect(code).toBe(1);
  });

  test("says what passed and what comes next, with exit code 0", async () => {
    course.copy(`solutions/${client}.ts`, clientFile);
    const { lines, code } = await type(`check ${clientFile}`);
    expect(lines).toEqual([
      expect.stringMatching(/^02\/2 read-reply: passed, all \d+ tests \(.*\)$/),
      `Compare: ${call} solution 02/2`,
      `Next: exercises/${server}.ts`,
    ]);
    expect(code).toBe(0);
    expect(progress()[client].solved).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect((await type("list")).out).toContain("  [x] 02/2 read-reply  <- you are here\n");
  });

  test("keeps it solved, and prints JSON, when it is broken again", async () => {
    course.write(clientFile, stubOf(client));
    const { out, code } = await type("check 2/2 json");
    expect(JSON.parse(out)).toEqual([{
      exercise: "02/2",
      name: "read-reply",
      runtime: here,
      version: label,
      verdict: "failed",
      seconds: expect.any(Number),
      passed: 0,
      tests: expect.any(Number),
      test: expect.stringContaining("requestReply() returns"),
      diagnosis: "not-written",
      sentence: "requestReply() is not written yet: it throws where its TODO stands",
      picture: [expect.any(String)],
      story: [expect.any(String)],
    }]);
    expect(code).toBe(1);
    expect(progress()[client]).toMatchObject({ solved: expect.any(String), hints: 0 });
  });

  test.for([
    ["check 02/3", 'There is no exercise "02/3". The nearest: 02/1 echo-server, 02/2 read-reply'],
    ["check reed-reply", 'There is no exercise "reed-reply". The nearest: 02/2 read-reply, 02/1'],
    ["check 02/1 nodejs", 'There is no exercise "nodejs". The nearest: '],
    ["hint 02", "Name one exercise, out of: 02/1 echo-server, 02/2 read-reply"],
    ["reset all", "Name one exercise, out of: 02/1 echo-server, 02/2 read-reply"],
    ["run 02/echo-sever", 'There is no program "02/echo-sever". The nearest: 02/echo-server, '],
    ["run", "Which program? For example: 02/"],
    ["verify everything", 'There is no check "everything". There are: answers, '],
    ["new 3-names", 'Wanted a lesson like 14-reliability and an exercise like 1-checksum, got "3-'],
    ["new 03-names 1-find programm", 'Wanted "program" or nothing behind the name, got "programm"'],
    ["new 02-others 1-find", "Lesson 02 is 02-echo already"],
    ["new 02-echo 4-more", "The next exercise of 02-echo is 3-more, got 4-more"],
  ])("answers %s with a sentence and exit code 2", async ([line, sentence]) => {
    const { out, err, code } = await type(line!);
    expect(err.trimEnd()).toContain(sentence);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
    expect({ out, code }).toEqual({ out: "", code: 2 });
  });

  test("offers to reset a file that is missing, and judges the others", async () => {
    course.remove(`exercises/${server}.ts`);
    const { out, err, code } = await type("check all");
    expect(err).toBe(
      `exercises/${server}.ts is missing. To get its stub back: ${call} reset 02/1\n`,
    );
    expect(out).toContain("02/2 read-reply: not yet");
    expect(code).toBe(2);
    await type("reset 02/1");
    expect(course.text(`exercises/${server}.ts`)).toBe(stubOf(server));
  });

  test("says that nothing was judged, with exit code 2, when there is no test", async () => {
    using broken = cleanCheckout();
    broken.remove(`test/${client}.test.ts`);
    const { out, code } = await broken.type("check 02/2");
    expect(out).toMatch(/^02\/2 read-reply: could not be judged .*\nNo test ran\n.* doctor\n$/);
    expect(code).toBe(2);
  });
});

describe("a verdict", () => {
  const some = (key: string, ...names: string[]) =>
    answers(key, "wrong").filter(({ file }) => names.some((name) => file.endsWith(`${name}.ts`)));
  const lanes: [string, string, number][] = [[server, "02/1", 40], [client, "02/2", 100]];
  const wrong = {
    [server]: ["first-chunk-only", "as-text", "fixed-port"],
    [client]: ["first-chunk", "one-buffer-for-all", "short-chunk-is-last"],
  };

  test("takes at most 12 lines, has the answer's words and no colour, at 40 columns too", async () => {
    await Promise.all(lanes.map(async ([key, id, columns]) => {
      using course = cleanCheckout();
      const found = some(key, ...wrong[key as typeof server]);
      expect(found).toHaveLength(3);
      for (const { file, says } of found) {
        course.write(`exercises/${key}.ts`, read(file));
        const { out, code } = await course.type(`check ${id}`, {
          env: { COLUMNS: String(columns), FORCE_COLOR: "1" },
        });
        const lines = out.trimEnd().split("\n");
        for (const words of says) expect(lines.join(" ")).toContain(words);
        expect(lines.length).toBeLessThanOrEqual(12);
        expect(lines.at(-1)).toContain(`Next: ${call} hint`);
        expect(lines.filter((line) => line.length > columns && !isPath(line))).toEqual([]);
        expect(out).not.toContain("\x1b");
        expect(code).toBe(1);
      }
    }));
  });

  // A path cannot be broken, and is of no use when it is cut.
  const isPath = (line: string) => /^\S+$/.test(line);
});

describe("hint", () => {
  const levels = (of: string) =>
    text(`## ${of}`, "", `1. Look at ${of}?`, `2. Read [it](../../lessons/02-echo.md#${of}).`)
      .concat(`3. Outline of ${of}.\n\n`);

  test("gives three levels in turn, chosen by what the last verdict found", async () => {
    course.write(`solutions/${client}.hints.md`, levels("otherwise") + levels("part"));
    remember({ [client]: { diagnosis: "part", hints: 0 } });
    const next = `More: ${call} hint 02/2`;
    const first = "1. Look at part?";
    expect((await type("hint 2/2")).lines).toEqual([first, next]);
    const more = [first, "2. Read it.", "Read: lessons/02-echo.md#part"];
    expect((await type("hint 2/2")).lines).toEqual([...more, next]);
    const all = [first, "2. Read it.", "3. Outline of part.", more[2], `Then: ${call} check 02/2`];
    expect((await type("hint 2/2")).lines).toEqual(all);
    expect((await type("hint 2/2")).lines).toEqual(all);
  });

  test("takes the general ones for anything else", async () => {
    remember({ [client]: { diagnosis: "starved" } });
    expect((await type("hint 2/2")).lines[0]).toBe("1. Look at otherwise?");
  });

  test("stays where it was when the next verdict finds the same", async () => {
    remember({ [client]: { diagnosis: "not-written", hints: 2 } });
    const { lines } = await type("check 02/2");
    expect(lines.at(-2)).toBe("Hint: Look at otherwise? Read lessons/02-echo.md#otherwise");
    expect(progress()[client].hints).toBe(2);
  });
});

describe("reset", () => {
  test("gives the stub back, and keeps what was there", async () => {
    course.write(clientFile, "// mine\n");
    const { lines, code } = await type("reset 02/2");
    const kept = /^Yours is kept: (\.course\/kept\/02-echo\/2-read-reply-.*\.ts)$/.exec(lines[0]!);
    expect(course.text(kept![1]!)).toBe("// mine\n");
    expect(course.text(clientFile)).toBe(stubOf(client));
    expect(code).toBe(0);
  });

  test("keeps nothing when it is the stub already", async () => {
    const before = readdirSync(join(course.root, ".course/kept/02-echo"));
    expect((await type("reset 02/2")).lines).toEqual([`${clientFile} is the stub again.`]);
    expect(readdirSync(join(course.root, ".course/kept/02-echo"))).toEqual(before);
  });
});

describe("solution", () => {
  test("asks once before it is solved", async () => {
    remember({});
    const first = await type("solution 02/1");
    expect(first.lines).toEqual([
      `02/1 is not solved yet. A hint: ${call} hint 02/1`,
      `If you want to see the solution all the same, ask again: ${call} solution 02/1`,
    ]);
    expect(first.code).toBe(1);
    const second = await type("solution 02/1");
    expect(second.out).toContain(read(`solutions/${server}.ts`));
    expect(second.code).toBe(0);
  });

  test("asks nothing when it is solved", async () => {
    remember({ [client]: { solved: "2026-01-31" } });
    expect((await type("solution 2/2")).out).toContain(read(`solutions/${client}.ts`));
  });
});

describe("run", () => {
  const listening = /Listening on 127\.0\.0\.1:(\d+)/;

  test.for<[string, NodeJS.Signals]>([["02/echo-server 0", "SIGINT"], ["02/1 0", "SIGTERM"]])(
    "starts %s, and leaves nothing behind after %s",
    async ([program, signal]) => {
      course.copy(`solutions/${server}.ts`, `exercises/${server}.ts`);
      const runner = course.start(`run ${program}`);
      const port = Number((await printed(runner, listening))[1]);
      expect(await isRefused(port)).toBe(false);
      process.kill(runner.pid!, signal);
      const [code] = await once(runner, "close");
      expect(code).toBe(128 + { SIGINT: 2, SIGTERM: 15 }[signal as "SIGINT"]);
      expect(await isRefused(port)).toBe(true);
    },
  );

  test("names the client of a server", async () => {
    const runner = course.start("run 2/echo-server 0");
    const [out] = await printed(runner, /^[\s\S]*Listening/);
    expect(out).toContain(`# In a second terminal: ${call} run 02/echo-client\n`);
    runner.kill("SIGTERM");
    await once(runner, "close");
  });
});

describe("doctor", () => {
  test("finds all that the course needs", async () => {
    const { out, lines, code } = await type("doctor");
    expect(out).toContain(`ok      ${label} (runs this)\n`);
    expect(lines.at(-1)).toBe("The course can run here.");
    expect(code).toBe(0);
  });
});

describe("the progress file", () => {
  test.for(["{ oops", "[]", "null", '{"exercises": 3}', ""])(
    "is set aside when it is %j",
    async (bad) => {
      using course = new CourseCopy(machinery, { ".course/progress.json": bad });
      const { err, code } = await course.type("list");
      const aside = /was set aside as (\.course\/progress\.json\.unreadable-\d+)\.\n/.exec(err)
        ?.[1];
      expect(course.text(aside!)).toBe(bad);
      expect(err).toContain(`To find out again what you have solved: ${call} check all`);
      expect(code).toBe(0);
    },
  );

  test("is not needed for a verdict where nothing can be written", async () => {
    using course = cleanCheckout();
    course.write(".course", "a file where a folder should be");
    const { out, err, code } = await course.type("check 02/2");
    expect(out).toContain("requestReply() is not written yet");
    expect(err).toContain("Your progress cannot be kept in .course/: ");
    expect(code).toBe(1);
  });
});

describe("main.mjs", () => {
  const old = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node"))
    .find((node) => {
      const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout ?? "";
      return /^v\d/.test(version) && parseInt(version.slice(1)) < 24;
    });

  test("goes on with the course's own Node when it is run by an old one", async ({ skip }) => {
    if (!old) return skip("there is no Node older than 24 on the PATH");
    const { out, code } = await course.type("list", { binary: old });
    expect(out).toContain("TCP by Hand");
    expect(code).toBe(0);
  });

  test("says what to do where there is only an old Node", async ({ skip }) => {
    if (!old) return skip("there is no Node older than 24 on the PATH");
    const { err, code } = await course.type("list", { binary: old, env: { COURSE_REEXEC: "1" } });
    expect(err).toMatch(
      /^The course needs Node 24\.0 or newer; this is Node \d+\.\d+\.\d+\.\nGet Node 24 or newer from/,
    );
    expect(code).toBe(2);
  });

  test("says what to type where the packages are missing", async () => {
    using course = new CourseCopy(machinery);
    course.remove("node_modules");
    const { err, code } = await course.type("list");
    const install = here === "deno" ? "deno install" : "npm ci";
    expect(err).toBe(
      `The course's packages are not installed.\nIn ${course.root}/ type: ${install}\n`,
    );
    expect(code).toBe(2);
  });

  test("lists its verbs for an unknown one", async () => {
    const { out, lines, code } = await type("chekc 02/1");
    expect(lines[0]).toBe('The course has no verb "chekc". It has:');
    expect(out).toContain("  check [02 | 02/1 | all] [node | deno | both] [json]\n");
    expect(code).toBe(2);
  });
});
