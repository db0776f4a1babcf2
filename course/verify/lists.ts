/**
 * What is on disk held against the two lists that the course keeps of itself, and what is to come.
 *
 * @module
 */
import { driftedStubs } from "../answers/stub.ts";
import { exercises } from "../disk.ts";
import { checkAnswers, coverage } from "../rules/answer-rules.ts";
import { catalogue, owed } from "../rules/catalogue.ts";
import { call } from "../runtimes.ts";
import { type Result, result } from "./result.ts";

/** Whether the committed stubs are those that are cut from the solutions. */
export function pristine(): Result {
  const keys = exercises().map((it) => it.key);
  const complaints = driftedStubs(keys).map((key) =>
    `exercises/${key}.ts is not the stub of its solution. To write it: ${call} sync stubs`
  );
  return result({ check: "stubs equal solutions", total: keys.length, complaints });
}

/** Whether every exercise has its answers, under the names that their headers say. */
export function answersOnDisk(): Result {
  const all = exercises();
  const complaints = checkAnswers(all);
  return result({ check: "answers of each exercise", total: all.length, complaints });
}

/** Whether lessons on disk teach what test/repo/OWED.md says of them. */
export function taught(): Result {
  const all = owed();
  const complaints = all.flatMap(({ statement, missing }) =>
    missing.map((place) => `test/repo/OWED.md: "${statement}": there is no ${place}`)
  );
  return result({ check: "what the course owes", total: all.length, complaints });
}

/** How much of test/repo/OWED.md is taught. */
export function owedLine(): string {
  const all = owed();
  const open = all.filter((it) => it.toCome.length > 0);
  const numbers = [...new Set(open.flatMap((it) => it.toCome))].sort();
  return `statements taught in full: ${all.length - open.length} of ${all.length}` +
    (open.length > 0 ? `; to come with lessons ${numbers.join(" ")}` : "");
}

/** Which wrong answers stand for which mistake. */
export function coverageLines(): string[] {
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
