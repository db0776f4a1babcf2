/**
 * The tests of the course itself, `test/repo/`.
 *
 * @module
 */
import { names } from "../disk.ts";
import { runJudge } from "../judge/run-judge.ts";
import type { Runtime } from "../runtimes.ts";
import type { Result } from "./result.ts";

/** The names of all test files, `"layout"`. */
export function repoTests(): string[] {
  return names("test/repo").filter((file) => file.endsWith(".test.ts"))
    .map((file) => file.replace(".test.ts", ""));
}

/**
 * Runs test files, two at a time. What fails beside another one is run once more, alone.
 *
 * @param update Whether golden files are written anew; then one at a time
 */
export async function* runRepoTests(
  names: string[],
  runtime: Runtime,
  update: boolean,
): AsyncGenerator<Result> {
  const atOnce = update || names.length === 1 ? 1 : 2;
  const left = [...names];
  const running = new Map<string, Promise<Result>>();
  const doubtful: Result[] = [];
  while (left.length + running.size > 0) {
    while (left.length > 0 && running.size < atOnce) {
      const name = left.shift()!;
      running.set(name, repoTest(name, runtime, update));
    }
    const result = await Promise.race(running.values());
    running.delete(result.check);
    if (result.complaints.length > 0 && atOnce > 1) doubtful.push(result);
    else yield result;
  }
  const place = ({ check }: Result) => names.indexOf(check);
  for (const { check, complaints } of doubtful.sort((a, b) => place(a) - place(b))) {
    console.log(`       again, alone (${runtime.label}): ${check}: ${complaints[0]}`);
    yield await repoTest(check, runtime, update);
  }
}

async function repoTest(name: string, runtime: Runtime, update: boolean): Promise<Result> {
  const begun = performance.now();
  const file = `test/repo/${name}.test.ts`;
  const { events, broken } = await runJudge(runtime, { slots: { repo: [file] }, update });
  const tests = events.filter((event) => event.type === "test");
  const complaints = events.flatMap((event) =>
    "problems" in event
      ? event.problems.map(({ message }) =>
        `${event.type === "test" ? event.test : file}: ${message}`
      )
      : []
  );
  if (broken !== undefined) complaints.push(`${file} did not come to its end: ${broken}`);
  if (tests.length === 0) complaints.push(`${file}: no test ran`);
  return {
    check: name,
    where: runtime.label,
    passed: tests.filter(({ state }) => state === "passed").length,
    complaints,
    skipped: tests.filter(({ state }) => state === "skipped")
      .map(({ test, note }) => `${test}${note ? `: ${note}` : ""}`),
    seconds: (performance.now() - begun) / 1000,
  };
}
