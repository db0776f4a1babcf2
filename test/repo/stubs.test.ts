import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { exercises, root } from "../../course/disk.ts";
import { findRuntime, here } from "../../course/runtimes.ts";
import { cutStub, repairStub, stubOf } from "../../course/answers/stub.ts";
import { TempCourse, text } from "./temp-course.ts";

const deno = findRuntime("deno");
const noDeno = "Deno is not on this machine";
const keys = exercises().map(({ key }) => key);
const header = "/**\n * Serves.\n *\n * @module\n */\n";

/** What deno fmt has to change; empty when nothing. */
function fmtComplaint(source: string): string {
  const config = join(root, "deno.json");
  const flags = ["fmt", "--check", "--quiet", "--config", config, "--ext", "ts", "-"];
  const { status, stderr } = spawnSync(deno!.binary, flags, {
    input: source,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1" },
    timeout: 30_000,
  });
  return status === 0 ? "" : `${stderr || "not formatted"}\n${source}`;
}

/** Cuts a solution, and holds the stub against what it must be, down to the formatting. */
function expectStub(solution: string, stub: string): void {
  expect(cutStub(solution)).toBe(stub);
  if (deno) expect(fmtComplaint(stub)).toBe("");
}

describe("cutStub()", () => {
  test("puts a TODO and a throw in place of a region", () => {
    const solution = text(
      header + 'import net from "node:net";',
      "",
      "/** Serves. */",
      "export function serve(port: number): number {",
      "  // #region todo Listen, and say where",
      "  net.createServer().listen(port);",
      "",
      "  return port;",
      "  // #endregion",
      "}",
    );
    expectStub(
      solution,
      text(
        header + 'import net from "node:net";',
        "",
        "/** Serves. */",
        "export function serve(port: number): number {",
        "  // TODO: Listen, and say where",
        '  throw new Error("Not written yet");',
        "}",
      ),
    );
  });

  test("cuts each of several stages at its own indentation", () => {
    const solution = text(
      "export class Decoder {",
      "  #kept = new Uint8Array();",
      "",
      "  push(chunk: Uint8Array): Uint8Array[] {",
      "    for (const byte of chunk) {",
      "      if (byte === 10) {",
      "        // #region todo Stage 2: give out the line",
      "        this.#kept = new Uint8Array();",
      "        // #endregion",
      "      }",
      "    }",
      "    // #region todo Stage 1: keep what is left",
      "    return [this.#kept];",
      "    // #endregion",
      "  }",
      "}",
    );
    expectStub(
      solution,
      text(
        "export class Decoder {",
        "  #kept = new Uint8Array();",
        "",
        "  push(chunk: Uint8Array): Uint8Array[] {",
        "    for (const byte of chunk) {",
        "      if (byte === 10) {",
        "        // TODO: Stage 2: give out the line",
        '        throw new Error("Not written yet");',
        "      }",
        "    }",
        "    // TODO: Stage 1: keep what is left",
        '    throw new Error("Not written yet");',
        "  }",
        "}",
      ),
    );
  });

  test("leaves no trace of a cut import, field, helper or case", () => {
    const solution = text(
      header + "// #region cut",
      'import { once } from "node:events";',
      "// #endregion",
      'import net from "node:net";',
      "",
      "// #region cut",
      "// How long a greeting may be, in bytes.",
      "const longest = 80;",
      "// #endregion",
      "",
      "/** Greets. */",
      "export class Greeter {",
      "  // #region cut",
      "  #greeted = 0;",
      "  // #endregion",
      "",
      "  /** Greets one. */",
      "  async greet(socket: net.Socket): Promise<void> {",
      "    // #region todo Greet",
      '    await once(socket.end("Hello".slice(0, longest + this.#greeted++)), "close");',
      "    // #endregion",
      "  }",
      "",
      "  // #region cut",
      "  #helper() {}",
      "  // #endregion",
      "}",
      "",
      "// #region cut",
      "function helper() {}",
      "// #endregion",
    );
    expectStub(
      solution,
      text(
        header + 'import net from "node:net";',
        "",
        "/** Greets. */",
        "export class Greeter {",
        "  /** Greets one. */",
        "  async greet(socket: net.Socket): Promise<void> {",
        "    // TODO: Greet",
        '    throw new Error("Not written yet");',
        "  }",
        "}",
      ),
    );
  });

  test("leaves a file without regions as it is", () => {
    expect(cutStub(`${header}export const answer = 42;\n`)).toBe(
      `${header}export const answer = 42;\n`,
    );
  });

  const region = (...lines: string[]) => text("function f() {", ...lines, "}");

  test.for<[string, string, string]>([
    [
      "a region without an end",
      region("  // #region todo Do it", "  f();"),
      "A region has no beginning or no end: // #region todo Do it",
    ],
    [
      "a region without an end before another one",
      region(
        "  // #region todo Do it",
        "  f();",
        "}",
        "function g() {",
        "  // #region todo Do that",
        "  // #endregion",
      ),
      "A region has no beginning or no end: // #region todo Do it",
    ],
    [
      "a region inside a region",
      region("  // #region todo Do it", "  // #region cut", "  // #endregion", "  // #endregion"),
      "A region has no beginning or no end: // #region todo Do it",
    ],
    [
      "an end without a region",
      region("  f();", "  // #endregion"),
      "A region has no beginning or no end: // #endregion",
    ],
    [
      "a todo without a text",
      region("  // #region todo", "  f();", "  // #endregion"),
      "A todo region must say what to do, got an empty text",
    ],
    [
      "a todo whose text is blank",
      region("  // #region todo   ", "  f();", "  // #endregion"),
      "A todo region must say what to do, got an empty text",
    ],
    [
      "a region of another kind",
      region("  // #region reader", "  f();", "  // #endregion"),
      'A region of a solution is "todo" or "cut", got: // #region reader',
    ],
  ])("refuses %s", ([, solution, message]) => {
    expect(() => cutStub(solution)).toThrow(new SyntaxError(message));
  });
});

describe("repairStub()", () => {
  const wrong = text(
    "/**",
    " * Wrong, M03: takes the first chunk for the reply.",
    " *",
    ' * Says: "5 of 10 bytes"',
    " *",
    " * @module",
    " */",
    "export const faulty = true;",
  );

  test("puts the solution's header above the fault, and says nothing of it", () => {
    const solution = `${header}export const faulty = false;\n`;
    expect(repairStub(solution, wrong)).toBe(`${header}export const faulty = true;\n`);
  });
});

describe("stubOf()", () => {
  const run = (course: TempCourse, keys: string[]) => {
    mkdirSync(join(course.root, "course"));
    for (const name of ["disk.ts", "misunderstanding.ts", "answers/stub.ts"]) {
      cpSync(join(root, "course", name), join(course.root, "course", name));
    }
    course.write(
      "main.ts",
      'import { driftedStubs, stubOf } from "./course/answers/stub.ts";\n' +
        `const keys = ${JSON.stringify(keys)};\n` +
        "const stub = (key: string) => { try { return stubOf(key); } catch (e) { return `${e}`; } };\n" +
        "console.log(JSON.stringify([keys.map(stub), keys.filter((key) => {" +
        " try { return driftedStubs([key]).length; } catch { return true; } })]));\n",
    );
    const flags = here === "deno" ? ["run", "-A", "--quiet"] : [];
    const { stdout } = spawnSync(process.execPath, [...flags, join(course.root, "main.ts")], {
      encoding: "utf8",
      timeout: 30_000,
    });
    return JSON.parse(stdout) as [string[], string[]];
  };

  test("takes the wrong-stub where there is one, and names the file of a bad region", () => {
    const solution = text(header + "// #region todo Do it", "go();", "// #endregion");
    const cut = text(header + "// TODO: Do it", 'throw new Error("Not written yet");');
    using course = new TempCourse({
      "solutions/02-x/1-write.ts": solution,
      "exercises/02-x/1-write.ts": cut,
      "solutions/02-x/2-repair.ts": `${header}right();\n`,
      "exercises/02-x/2-repair.ts": `${header}right();\n`,
      "test/answers/02-x/2-repair/wrong-stub-left.ts": "/** Wrong, M03: left. */\nleft();\n",
      "solutions/02-x/3-bad.ts": "// #region todo\n// #endregion\n",
      "exercises/02-x/3-bad.ts": "",
      "solutions/02-x/4-gone.ts": solution,
    });
    const [stubs, drifted] = run(course, [
      "02-x/1-write",
      "02-x/2-repair",
      "02-x/3-bad",
      "02-x/4-gone",
    ]);
    expect(stubs).toEqual([
      cut,
      `${header}left();\n`,
      "Misunderstanding: solutions/02-x/3-bad.ts: " +
      "A todo region must say what to do, got an empty text",
      cut,
    ]);
    expect(drifted).toEqual(["02-x/2-repair", "02-x/3-bad", "02-x/4-gone"]);
  });
});

describe("the course's own stubs", () => {
  test.for(keys)("%s is formatted", (key, { skip }) => {
    if (!deno) return skip(noDeno);
    expect(fmtComplaint(stubOf(key))).toBe("");
  });

  test("compile as the learner's editor compiles them", () => {
    using course = new TempCourse({});
    for (const key of keys) course.write(`exercises/${key}.ts`, stubOf(key));
    // To see that it would be seen: a region that holds what the rest needs.
    course.write(
      "exercises/99-bad/1-count.ts",
      cutStub("// #region todo Count\nconst n = 1;\n// #endregion\nexport const m = n;\n"),
    );
    expect(compile(course)).toBe(
      "exercises/99-bad/1-count.ts(3,18): error TS2304: Cannot find name 'n'.\n",
    );
  }, 60_000);
});

/** What tsc says of the exercises in a folder, with all else as in this course. */
function compile(course: TempCourse): string {
  for (const name of ["berkeley", "node_modules"]) {
    symlinkSync(join(root, name), join(course.root, name), "junction");
  }
  for (const name of ["tsconfig.json", "package.json"]) {
    cpSync(join(root, name), join(course.root, name));
  }
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const flags = here === "deno" ? ["run", "-A", "--quiet"] : [];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, tsc], {
    cwd: course.root,
    encoding: "utf8",
    timeout: 60_000,
  });
  return stdout + stderr;
}
