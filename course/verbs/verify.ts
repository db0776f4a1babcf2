/** @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import process from "node:process";
import { checkAnswers, coverage } from "../answer-rules.ts";
import { exercises, names, root } from "../disk.ts";
import { type Case, judgeAnswers, type Kind } from "../gate.ts";
import { loadProgress } from "../progress.ts";
import { runJudge } from "../run-judge.ts";
import { call, findRuntime, type Runtime, type RuntimeName } from "../runtimes.ts";
import { driftedStubs } from "../stub.ts";
import { Misunderstanding } from "../words.ts";
import { catalogue, owed } from "../catalogue.ts";

export const usage = "verify [answers | repo [name] [update] | static | pristine] [node | deno]";
export const summary = "checks the course itself: tests against answers, lessons, types, style";

/** What one check came to. */
interface Result {
  check: string;
  /** the runtime's label, or empty when it does not matter */
  where: string;
  passed: number;
  complaints: string[];
  skipped: string[];
  seconds: number;
}

const parts = ["answers", "repo", "static", "pristine"];

/** 0 when every check passed, 1 otherwise. */
export async function run(words: string[]): Promise<number> {
  refuseUnknown(words);
  const named = repoTests().some((file) => words.includes(bare(file)));
  const wanted = parts.filter((part) => words.includes(part) || (part === "repo" && named));
  const on = (part: string) => wanted.length === 0 ? part !== "pristine" : wanted.includes(part);
  console.log(`This checks the course itself. To check your exercises: ${call} check all\n`);
  const results: Result[] = [];
  const add = (result: Result) => {
    results.push(result);
    console.log(rowOf(result));
    for (const text of result.complaints) console.log(indent(`failed: ${text}`));
    for (const text of result.skipped) console.log(indent(`skipped: ${text}`));
  };
  if (on("pristine")) add(pristine());
  if (on("static")) await everyStatic(add);
  if (on("answers")) add(counts());
  if (on("repo")) add(taught());
  for (const name of ["node", "deno"] as const) {
    if (!words.includes(name) && words.includes(name === "node" ? "deno" : "node")) continue;
    const runtime = findRuntime(name);
    if (!runtime) add(missingRuntime(name));
    else {
      if (on("answers")) await everyAnswer(runtime, add);
      if (on("repo")) await everyRepoTest(runtime, words, add);
    }
  }
  if (on("answers")) console.log(`\n${coverageLines().join("\n")}`);
  if (on("repo")) console.log(`\n${owedLine()}`);
  return conclude(results);
}

function refuseUnknown(words: string[]): void {
  const known = [...parts, ...repoTests().map(bare), "node", "deno", "update"];
  const unknown = words.find((word) => !known.includes(word));
  if (unknown !== undefined) {
    throw new Misunderstanding(`There is no check "${unknown}". There are: ${known.join(", ")}`);
  }
}

function repoTests(): string[] {
  return names("test/repo").filter((file) => file.endsWith(".test.ts"));
}

const bare = (file: string) => file.replace(".test.ts", "");

function conclude(results: Result[]): number {
  const sum = (count: (result: Result) => number) =>
    results.reduce((total, result) => total + count(result), 0);
  const failed = sum((result) => result.complaints.length);
  const skipped = sum((result) => result.skipped.length);
  // In a strict run nothing may be left out, be it for want of a client, a tool or a runtime.
  const strict = process.env.COURSE_STRICT === "1" ? skipped : 0;
  const all = exercises();
  const { exercises: traces } = loadProgress();
  const solved = all.filter((it) => traces[it.key]?.solved).length;
  console.log(`\nyour exercises: ${solved} of ${all.length} (${call} check)`);
  const rest = skipped > strict ? `, ${skipped} skipped` : "";
  console.log(`${sum((result) => result.passed)} passed, ${failed + strict} failed${rest}`);
  return failed + strict > 0 ? 1 : 0;
}

function rowOf({ check, where, passed, complaints, skipped, seconds }: Result): string {
  const total = passed + complaints.length + skipped.length;
  return `${complaints.length > 0 ? "FAILED" : "ok    "} ${check.padEnd(34)} ${where.padEnd(13)} ` +
    `${`${passed}/${total}`.padStart(7)} ${seconds.toFixed(1).padStart(6)} s`;
}

const indent = (text: string) => `       ${text.replaceAll("\n", "\n         ")}`;

async function everyAnswer(runtime: Runtime, add: (result: Result) => void): Promise<void> {
  const begun = performance.now();
  const cases = await judgeAnswers(exercises(), runtime);
  const seconds = (performance.now() - begun) / 1000;
  const kinds: [Kind, string][] = [
    ["solution", "solutions pass"],
    ["stub", "stubs are not written yet"],
    ["wrong", "wrong answers are refused by name"],
    ["right", "right answers are accepted"],
  ];
  for (const [kind, check] of kinds) {
    const mine = cases.filter((it) => it.kind === kind);
    const complaints = mine.filter((it) => it.complaint).map((it) => `${it.file} ${it.complaint}`);
    const share = seconds * sumMs(mine) / Math.max(1, sumMs(cases));
    add({ check, where: runtime.label, ...count(mine.length, complaints), seconds: share });
  }
  console.log(indent(`${(seconds / cases.length).toFixed(2)} s an answer on average`));
}

const sumMs = (cases: Case[]) => cases.reduce((sum, it) => sum + it.ms, 0);

async function everyRepoTest(
  runtime: Runtime,
  words: string[],
  add: (result: Result) => void,
): Promise<void> {
  const all = repoTests();
  const named = all.filter((file) => words.includes(bare(file)));
  for (const name of named.length > 0 ? named : all) {
    const begun = performance.now();
    const { events, broken } = await runJudge(runtime, {
      slots: { repo: [`test/repo/${name}`] },
      update: words.includes("update"),
    });
    const complaints: string[] = [];
    const skipped: string[] = [];
    let passed = 0;
    for (const event of events) {
      if (event.type === "test" && event.state === "passed") passed++;
      if (event.type === "test" && event.state === "skipped") {
        skipped.push(`${event.test}${event.note ? `: ${event.note}` : ""}`);
      }
      if ("problems" in event) {
        for (const problem of event.problems) {
          complaints.push(`${event.type === "test" ? event.test : name}: ${problem.message}`);
        }
      }
    }
    if (broken !== undefined) {
      complaints.push(`${name} did not come to its end: ${broken}`);
    }
    if (!events.some((event) => event.type === "test")) complaints.push(`${name}: no test ran`);
    add({
      check: bare(name),
      where: runtime.label,
      passed,
      complaints,
      skipped,
      seconds: (performance.now() - begun) / 1000,
    });
  }
}

async function everyStatic(add: (result: Result) => void): Promise<void> {
  const node = findRuntime("node") ?? findRuntime("deno");
  const deno = findRuntime("deno");
  const tsc = "node_modules/typescript/bin/tsc";
  const script = node?.name === "deno" ? ["run", "-A", tsc] : [tsc];
  add(await command("types, tsc", node, [...script, "-p", "tsconfig.course.json"]));
  const code = ["course", "examples", "solutions", "test", "vitest.config.ts"];
  add(await command("types, deno check", deno, ["check", "--quiet", ...code]));
  add(await command("format, deno fmt", deno, ["fmt", "--check"]));
  add(await command("lint, deno lint", deno, ["lint", "--quiet"]));
}

async function command(
  check: string,
  runtime: Runtime | undefined,
  words: string[],
): Promise<Result> {
  const begun = performance.now();
  const base = { check, where: runtime?.label ?? "" };
  if (!runtime) {
    return {
      ...base,
      passed: 0,
      complaints: [],
      skipped: ["its runtime was not found"],
      seconds: 0,
    };
  }
  const child = spawn(runtime.binary, words, { cwd: root, env: { ...process.env, NO_COLOR: "1" } });
  let text = "";
  child.stdout.on("data", (chunk) => text += chunk);
  child.stderr.on("data", (chunk) => text += chunk);
  const [code] = await once(child, "close");
  const complaints = code === 0 ? [] : [text.trim().slice(0, 4000)];
  return { ...base, ...count(1, complaints), seconds: (performance.now() - begun) / 1000 };
}

function pristine(): Result {
  const keys = exercises().map((it) => it.key);
  const complaints = driftedStubs(keys).map((key) =>
    `exercises/${key}.ts is not the stub of its solution. To write it: ${call} sync stubs`
  );
  return {
    check: "stubs equal solutions",
    where: "",
    ...count(keys.length, complaints),
    seconds: 0,
  };
}

function counts(): Result {
  const all = exercises();
  const complaints = checkAnswers(all);
  return {
    check: "answers of each exercise",
    where: "",
    ...count(all.length, complaints),
    seconds: 0,
  };
}

function taught(): Result {
  const all = owed();
  const complaints = all.flatMap(({ statement, missing }) =>
    missing.map((place) => `test/repo/OWED.md: "${statement}": there is no ${place}`)
  );
  return { check: "what the course owes", where: "", ...count(all.length, complaints), seconds: 0 };
}

function missingRuntime(name: RuntimeName): Result {
  const title = name === "node" ? "Node" : "Deno";
  const checks = 4 + repoTests().length;
  return {
    check: "runtime",
    where: title,
    passed: 0,
    complaints: [],
    skipped: [`${title}: not found, ${checks} checks not run`],
    seconds: 0,
  };
}

function count(
  total: number,
  complaints: string[],
): Pick<Result, "passed" | "complaints" | "skipped"> {
  return { passed: Math.max(0, total - complaints.length), complaints, skipped: [] };
}

function owedLine(): string {
  const all = owed();
  const open = all.filter((it) => it.toCome.length > 0);
  const numbers = [...new Set(open.flatMap((it) => it.toCome))].sort();
  return `statements taught in full: ${all.length - open.length} of ${all.length}` +
    (open.length > 0 ? `; to come with lessons ${numbers.join(" ")}` : "");
}

function coverageLines(): string[] {
  const covered = coverage(exercises());
  const known = catalogue();
  const rows = [...known].filter(([id]) => covered.has(id))
    .map(([id, text]) => `  ${id} ${text}\n      ${covered.get(id)!.join(", ")}`);
  const open = [...known.keys()].filter((id) => !covered.has(id));
  return [
    `mistakes covered: ${rows.length} of ${known.size}`,
    ...rows,
    ...(open.length > 0 ? [`  to come: ${open.join(" ")}`] : []),
  ];
}
