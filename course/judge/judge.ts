/**
 * Runs test files with vitest and prints what happened, as a sequence of JSON texts.
 *
 * A process of its own, so that whoever started it can end it when an answer hangs. Its one argument
 * is a {@link Job} as JSON. Console output of answers is passed on as events.
 *
 * @module
 */
import process from "node:process";
import { startVitest } from "vitest/node";
import type { Reporter, SerializedError, TestCase, TestModule } from "vitest/node";
import { fromRoot, root } from "../disk.ts";
import { endAllUnder, kill } from "./left-behind.ts";
import { slotProject } from "./slots.ts";

/** What the judge is to run. */
export interface Job {
  /** test files by slot, paths from the root; the slot `repo` is the course's own checks */
  slots: Record<string, string[]>;
  /** processes at a time */
  workers?: number;
  /** rewrite golden files */
  update?: boolean;
}

/** An error as it comes out of a test; a verdict has the fields of `Verdict` too. */
export interface Problem {
  name?: string;
  message: string;
  stack?: string;
  diagnosis?: string;
  picture?: string[];
  story?: string[];
}

/** What the judge prints. */
export type JudgeEvent =
  | { type: "begin"; slot: string; file: string; test: string }
  | {
    type: "test";
    slot: string;
    file: string;
    test: string;
    state: string;
    ms: number;
    problems: Problem[];
    note: string;
  }
  | { type: "module"; slot: string; file: string; ms: number; problems: Problem[] }
  | { type: "log"; text: string }
  | { type: "end"; problems: Problem[] };

// Each event is a line behind a record separator, as in RFC 7464: an answer may print before it.
function say(event: JudgeEvent): void {
  // readline takes U+2028 and U+2029 for ends of lines, too.
  const text = JSON.stringify(event).replaceAll("\u2028", "\\u2028").replaceAll(
    "\u2029",
    "\\u2029",
  );
  process.stdout.write(`\x1e${text}\n`);
}

function problem(error: SerializedError): Problem {
  const { name, message, stack } = error;
  const { diagnosis, picture, story } = error as SerializedError & Problem;
  return {
    ...(name ? { name } : {}),
    message,
    ...(stack ? { stack } : {}),
    ...(diagnosis ? { diagnosis, picture: picture ?? [], story: story ?? [] } : {}),
  };
}

const place = (module: TestModule) => ({
  slot: module.project.name,
  file: fromRoot(module.moduleId),
});

const reporter: Reporter = {
  onTestCaseReady(test: TestCase) {
    say({ type: "begin", ...place(test.module), test: test.fullName });
  },
  onTestCaseResult(test: TestCase) {
    const result = test.result();
    say({
      type: "test",
      ...place(test.module),
      test: test.fullName,
      state: result.state,
      ms: Math.round(test.diagnostic()?.duration ?? 0),
      problems: (result.errors ?? []).map((error) => problem(error as SerializedError)),
      note: "note" in result ? result.note ?? "" : "",
    });
  },
  onTestModuleEnd(module: TestModule) {
    const problems = module.errors().map((error) => problem(error as SerializedError));
    say({
      type: "module",
      ...place(module),
      ms: Math.round(module.diagnostic().duration),
      problems,
    });
  },
  onUserConsoleLog(log) {
    say({ type: "log", text: log.content });
  },
  onTestRunEnd(_modules, errors) {
    say({ type: "end", problems: errors.map((error) => problem(error as SerializedError)) });
  },
};

// Whoever has started this and is killed outright can end nothing any more.
const [starter, folder] = [process.ppid, process.env.COURSE_PIDS];
if (folder) {
  const endAll = () => {
    endAllUnder(folder);
    kill(-process.pid);
  };
  process.stdout.on("error", endAll);
  setInterval(() => {
    if (process.ppid !== starter) endAll();
  }, 500).unref();
}

const job = JSON.parse(process.argv[2] ?? "{}") as Job;
const vitest = await startVitest("test", [], {
  root,
  config: false,
  watch: false,
  update: job.update ?? false,
  reporters: [reporter],
  passWithNoTests: true,
  dangerouslyIgnoreUnhandledErrors: true,
  ...(job.workers ? { maxWorkers: job.workers } : {}),
  projects: Object.entries(job.slots).map(([slot, files]) => slotProject(slot, files)),
});
await vitest.close();
process.exit(0);
