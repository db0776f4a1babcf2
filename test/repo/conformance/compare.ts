/**
 * Holds the outcomes of a scenario side by side.
 *
 * @module
 */
import { type Difference, type Scenario, steps } from "./scenario.ts";

/** One step, and what came of it. */
export interface Row {
  step: string;
  cpython: string;
  ours: string;
  verdict: "same" | "on purpose" | "differs";
  /** why they differ */
  because?: string;
}

/** Which of Python's classes each of ours stands for: TypeScript has fewer, or other names. */
const standsFor: Record<string, string[]> = {
  TypeError: ["ValueError"],
  RangeError: ["ValueError", "OverflowError", "KeyError"],
  StructError: ["struct.error"],
  AggregateError: ["ExceptionGroup"],
};

/**
 * The outcomes of a scenario, step by step.
 *
 * @param cpython What came of its steps in CPython
 * @param ours What came of them here
 */
export function compare(scenario: Scenario, cpython: string[] = [], ours: string[] = []): Row[] {
  return steps(scenario).map((step, i) => {
    const [theirs, our] = [cpython[i] ?? "(not run)", ours[i] ?? "(not run)"];
    const difference = scenario.differs?.[step];
    if (!difference) {
      return {
        step,
        cpython: theirs,
        ours: our,
        verdict: isSame(theirs, our) ? "same" : "differs",
      };
    }
    const { because } = difference;
    const verdict = isAsSaid(difference, theirs, our) ? "on purpose" : "differs";
    return { step, cpython: theirs, ours: our, verdict, because };
  });
}

function isAsSaid(said: Difference, cpython: string, ours: string): boolean {
  return said.cpython === cpython && said.ours === ours && !isSame(cpython, ours);
}

function isSame(cpython: string, ours: string): boolean {
  const [theirKind = "", ourKind = ""] = [cpython, ours].map((it) => it.split(" ", 1)[0]!);
  const isStandIn = standsFor[ourKind]?.includes(theirKind) ?? false;
  return cpython === ours ||
    (isStandIn && cpython.slice(theirKind.length) === ours.slice(ourKind.length));
}

/**
 * The outcomes of a scenario as a table for people.
 *
 * @param names What the two columns are called
 */
export function table(scenario: Scenario, rows: Row[], names: [string, string]): string {
  const cells = [["", ...names], ...rows.map((it) => [it.step, it.cpython, it.ours])];
  const widths = [0, 1].map((k) => Math.min(60, Math.max(...cells.map((row) => row[k]!.length))));
  const lines = cells.map((row, i) => {
    const mark = { same: " ", "on purpose": "*", differs: "!" }[rows[i - 1]?.verdict ?? "same"];
    const because = rows[i - 1]?.because;
    const line = `${mark} ${row.map((cell, k) => cell.padEnd(widths[k] ?? 0)).join("  ")}`
      .trimEnd();
    return because ? `${line}\n    * ${because}` : line;
  });
  return `${scenario.name}\n${lines.join("\n")}\n`;
}

/** How many steps came out how. */
export function totals(rows: Row[]): string {
  const count = (verdict: Row["verdict"]) => rows.filter((row) => row.verdict === verdict).length;
  return `${rows.length} steps: ${count("same")} the same, ${count("on purpose")} ` +
    `different on purpose (*), ${count("differs")} different (!)`;
}
