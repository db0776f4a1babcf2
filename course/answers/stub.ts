/**
 * Cuts the learner's stub out of a solution, so that signatures, types and contracts cannot drift.
 *
 * A solution marks what the learner is to write:
 *
 *     // #region todo Send every byte back
 *     socket.pipe(socket);
 *     // #endregion
 *
 * The stub has `// TODO: Send every byte back` and a throw in its place. A region `cut` (an import,
 * a field, a helper) disappears without a trace. All other comments stay, the contract above all.
 * Where a `wrong-stub-....ts` lies among the answers, the exercise is a repair: the stub is that
 * answer under the solution's header.
 *
 * @module
 */
import { exists, names, read } from "../disk.ts";
import { Misunderstanding } from "../misunderstanding.ts";

const region =
  /^([ \t]*)\/\/ #region (todo|cut)\b ?(.*)\n(?:(?!.*\/\/ #(?:end)?region).*\n)*[ \t]*\/\/ #endregion.*\n/gm;
const opening = /^\/\*\*[\s\S]*?\*\/\n/;

/** What every unwritten stub throws; the tests know it by this text. */
export const notWritten = "Not written yet";

/**
 * Cuts one solution.
 *
 * @param solution Source text of the solution
 * @returns Source text of the stub
 * @throws {SyntaxError} When a region has no end, or a `todo` region does not say what to do
 */
export function cutStub(solution: string): string {
  const stub = solution.replace(region, (_all, indent: string, kind: string, todo: string) => {
    if (kind === "cut") return "";
    if (!todo.trim()) throw new SyntaxError("A todo region must say what to do, got an empty text");
    return `${indent}// TODO: ${todo}\n${indent}throw new Error("${notWritten}");\n`;
  });
  const left = /^[ \t]*(\/\/ #(?:region|endregion)\b.*)$/m.exec(stub)?.[1]?.trim();
  if (left && /#region (?!(?:todo|cut)\b)/.test(left)) {
    throw new SyntaxError(`A region of a solution is "todo" or "cut", got: ${left}`);
  }
  if (left) throw new SyntaxError(`A region has no beginning or no end: ${left}`);
  return withoutGaps(stub);
}

// Blank lines that stood round what is gone.
function withoutGaps(source: string): string {
  return source.replace(/\n{3,}/g, "\n\n").replace(/\{\n\n/g, "{\n")
    .replace(/\n\n(?=[ \t]*\})/g, "\n").replace(/\n+$/, "\n");
}

/** Puts the solution's header above an answer that has a fault to find. */
export function repairStub(solution: string, wrongAnswer: string): string {
  return (opening.exec(solution)?.[0] ?? "") + wrongAnswer.replace(opening, "");
}

/** The stub of an exercise as it must stand in `exercises/`. */
export function stubOf(key: string): string {
  const solution = read(`solutions/${key}.ts`);
  const folder = `test/answers/${key}`;
  const fault = names(folder).find((name) => name.startsWith("wrong-stub-"));
  if (fault) return repairStub(solution, read(`${folder}/${fault}`));
  try {
    return cutStub(solution);
  } catch (error) {
    throw new Misunderstanding(`solutions/${key}.ts: ${(error as Error).message}`);
  }
}

/** Exercises whose committed stub is not the one that is cut from the solution. */
export function driftedStubs(keys: string[]): string[] {
  return keys.filter((key) =>
    !exists(`exercises/${key}.ts`) || read(`exercises/${key}.ts`) !== stubOf(key)
  );
}
