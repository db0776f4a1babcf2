import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, symlinkSync } from "node:fs";
import net from "node:net";
import { delimiter, join } from "node:path";
import process from "node:process";
import { afterAll, describe, expect, test } from "vitest";
import { read } from "../../course/disk.ts";
import { call, findRuntime, here } from "../../course/runtimes.ts";
import { stubOf } from "../../course/answers/stub.ts";
import {
  cleanCheckout,
  client,
  CourseCopy,
  machinery,
  printed,
  server,
  type TypeOptions,
} from "./course-copy.ts";
import { text } from "./temp-course.ts";

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
    expect(out).toMatch(/^Hint: .*\?/m);
    expect(lines.at(-1)).toBe(`Next: ${call} hint 02/1`);
    expect(code).toBe(1);
  });
});

describe("check", () => {
  test("judges a lesson, prints JSON, and moves nobody to another exercise", async () => {
    const hints = 2;
    remember({ [client]: { solved: "2026-01-31", diagnosis: "not-written", hints } });
    const { out, code } = await type("check 02 json");
    const notYet = {
      runtime: here,
      version: label,
      verdict: "failed",
      seconds: expect.any(Number),
      passed: 0,
      tests: expect.any(Number),
      diagnosis: "not-written",
      picture: expect.any(Array),
      story: expect.any(Array),
    };
    expect(JSON.parse(out)).toEqual([{
      ...notYet,
      exercise: "02/1",
      name: "echo-server",
      test: expect.stringContaining("server listens on 127.0.0.1"),
      sentence: "1-echo-server.ts is not written yet: it throws where its TODO stands",
    }, {
      ...notYet,
      exercise: "02/2",
      name: "read-reply",
      test: expect.stringContaining("requestReply() returns"),
      sentence: "requestReply() is not written yet: it throws where its TODO stands",
    }]);
    expect(code).toBe(1);
    // Solved is solved, and the same diagnosis leaves the hints where they were.
    const { test, ...kept } = progress()[client];
    expect(kept).toEqual({ solved: "2026-01-31", diagnosis: "not-written", hints });
    expect(test).toContain("requestReply() returns a short reply");
    // What helped with another test may give this one away.
    remember({ [client]: { diagnosis: "not-written", test: "another", hints } });
    await type("check 02/2");
    expect(progress()[client].hints).toBe(0);
    remember({ [client]: { solved: "2026-01-31" } });
    expect((await type("list")).out).toContain("02/1 echo-server  <- you are here");
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
    expect(progress()[client]).toMatchObject({ solved: "2026-01-31", diagnosis: "", hints: 0 });
    expect((await type("list")).out).toContain("  [x] 02/2 read-reply  <- you are here\n");
  });

  test.concurrent.for([
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
    expect(out).toContain("02/2 read-reply: passed");
    expect(code).toBe(2);
    await type("reset 02/1");
    expect(course.text(`exercises/${server}.ts`)).toBe(stubOf(server));
  });
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

  test("says so where it may not write", async ({ skip }) => {
    if (process.platform !== "linux") return skip("there is no folder here that nobody may change");
    using course = cleanCheckout();
    course.remove("exercises/02-echo");
    symlinkSync("/sys/kernel", join(course.root, "exercises/02-echo"));
    const { err, code } = await course.type("reset 02/2");
    expect(err).toMatch(/^Cannot write .*2-read-reply\.ts \(E[A-Z]+\)\. Make room, or copy .*\n$/);
    expect(code).toBe(2);
  });

  test("keeps nothing when it is the stub already", async () => {
    const before = readdirSync(join(course.root, ".course/kept/02-echo"));
    expect((await type("reset 02/2")).lines).toEqual([`${clientFile} is the stub again.`]);
    expect(readdirSync(join(course.root, ".course/kept/02-echo"))).toEqual(before);
  });
});

describe("solution", () => {
  const shown = (key: string) =>
    read(`solutions/${key}.ts`).replaceAll(/^ *\/\/ #(end)?region.*\n/gm, "");

  test("asks once before it is solved", async () => {
    remember({});
    const first = await type("solution 02/1");
    expect(first.lines).toEqual([
      `02/1 is not solved yet. A hint: ${call} hint 02/1`,
      `If you want to see the solution all the same, ask again: ${call} solution 02/1`,
    ]);
    expect(first.code).toBe(1);
    const second = await type("solution 02/1");
    expect(second.out).toContain(shown(server));
    expect(second.code).toBe(0);
  });

  test("asks nothing when it is solved", async () => {
    remember({ [client]: { solved: "2026-01-31" } });
    course.write(`test/answers/${client}/right-by-post.ts`, "/**\n * Right: by post.\n */\n");
    const { out } = await type("solution 2/2");
    expect(out).toContain(shown(client));
    expect(out).toContain(`  test/answers/${client}/right-by-post.ts\n      by post.\n`);
  });
});

describe("run", () => {
  const listening = /Listening on 127\.0\.0\.1:(\d+)/;

  test.for<[string, NodeJS.Signals]>([["02/echo-server 0", "SIGINT"], ["02/1 0", "SIGTERM"]])(
    "starts %s, and leaves nothing behind after %s",
    async ([program, signal]) => {
      course.copy(`solutions/${server}.ts`, `exercises/${server}.ts`);
      const runner = course.start(`run ${program}`);
      const port = Number((await printed(runner)(listening))[1]);
      expect(await isRefused(port)).toBe(false);
      process.kill(runner.pid!, signal);
      const [code] = await once(runner, "close");
      expect(code).toBe(128 + { SIGINT: 2, SIGTERM: 15 }[signal as "SIGINT"]);
      expect(await isRefused(port)).toBe(true);
    },
  );

  test("names the client of a server", async () => {
    const runner = course.start("run 2/echo-server 0");
    const [out] = await printed(runner)(/^[\s\S]*Listening/);
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
  test.concurrent.for(["{ oops", "[]", "null", '{"exercises": 3}', ""])(
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
});

describe("main.mjs", () => {
  const node = findRuntime("node");
  const asOld = "data:text/javascript,Object.defineProperty(process,'versions'," +
    "{value:{...process.versions,node:'20.1.0'}})";
  const old = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "node"))
    .filter((binary) => {
      const version = spawnSync(binary, ["--version"], { encoding: "utf8" }).stdout ?? "";
      return /^v\d/.test(version) && parseInt(version.slice(1)) < 24;
    });
  // Where no old Node is at hand, a new one that takes itself for an old one stands in.
  const olds: TypeOptions[] = [
    ...old.slice(0, 1).map((binary) => ({ binary })),
    ...(node ? [{ binary: node.binary, flags: ["--import", asOld] }] : []),
  ];

  test.for(olds)("goes on with the course's own Node when an old one runs it: %j", async (old) => {
    const { out, code } = await course.type("list", old);
    expect(out).toContain("TCP by Hand");
    expect(code).toBe(0);
  });

  test.for(olds)("says what to do where an old Node is the only one: %j", async (old) => {
    const { err, code } = await course.type("list", { ...old, env: { COURSE_REEXEC: "1" } });
    expect(err).toMatch(
      /^The course needs Node 24\.0 or newer; this is Node \d+\.\d+\.\d+\.\nGet Node 24 or newer /,
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
    expect(out).toContain("  check [02 | 02/1 | all] [node | deno | both] [json] [seed=7]\n");
    expect(code).toBe(2);
  });
});
