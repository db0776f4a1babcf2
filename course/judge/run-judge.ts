/**
 * Starts the judge, listens to it, and ends it when an answer keeps it from going on.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { root } from "../disk.ts";
import { type Hang, Heartbeats, keyOf, type Workplace } from "./heartbeats.ts";
import type { Job, JudgeEvent } from "./judge.ts";
import { endAllUnder, kill } from "./left-behind.ts";
import type { Runtime } from "../runtimes.ts";

/** What came of a job. */
export interface Judgement {
  events: JudgeEvent[];
  /** answers that never came back, each with the test that had begun, or none yet */
  hung: (Hang & { test: string })[];
  /** answers whose process came to a sudden end */
  killed: Workplace[];
  /** what the judge itself complained of, when it did not come to its end */
  broken?: string;
}

/** How long the judge may say nothing, in ms: a test of an exercise ends within 60 s by itself. */
const silenceMs = { exercise: 90_000, repo: 330_000 };

/**
 * Runs a job to its end.
 *
 * @param onEvent Called with each event as it comes
 */
export async function runJudge(
  runtime: Runtime,
  job: Job,
  onEvent: (event: JudgeEvent) => void = () => {},
): Promise<Judgement> {
  const folder = mkdtempSync(join(tmpdir(), "course-"));
  const heartbeats = new Heartbeats(folder);
  const judge = startJudge(runtime, job, folder);
  const endAll = () => {
    kill(-judge.pid!);
    endAllUnder(folder);
  };
  const judgement: Judgement = { events: [], hung: [], killed: [] };
  const running = new Map<string, string>();
  const over = new Set<string>();
  const stageOf = (place: Workplace) => {
    const key = keyOf(place);
    return over.has(key) ? "over" : running.has(key) ? "running" : "loading";
  };
  const patienceMs = silenceMs["repo" in job.slots ? "repo" : "exercise"];
  let heard = performance.now();
  let complaint = "";
  judge.stderr!.setEncoding("utf8").on("data", (text) => complaint += text);
  const watch = setInterval(() => {
    for (const hang of heartbeats.hangs(stageOf)) {
      // The judge goes on with the other answers.
      kill(hang.pid);
      over.add(keyOf(hang));
      judgement.hung.push({ ...hang, test: running.get(keyOf(hang)) ?? "" });
    }
    if (performance.now() - heard < patienceMs) return;
    heard = performance.now();
    complaint += `It said nothing for ${patienceMs / 1000} s`;
    kill(-judge.pid!);
  }, 250);
  using _ = whenEnded(endAll);
  for await (const line of createInterface({ input: judge.stdout! })) {
    const event = parseEvent(line);
    if (!event) continue;
    heard = performance.now();
    if (event.type === "begin") running.set(keyOf(event), event.test);
    if (event.type === "module") over.add(keyOf(event));
    judgement.events.push(event);
    onEvent(event);
  }
  clearInterval(watch);
  if (judgement.events.at(-1)?.type !== "end") {
    judgement.broken = complaint.trim() || "It ended without a word";
  }
  judgement.killed = heartbeats.places().filter((place) => !over.has(keyOf(place)));
  endAll();
  return judgement;
}

/** What a judgement says of one answer. */
export function judgementOf(judgement: Judgement, place: Workplace): Judgement {
  const mine = (it: Workplace) => keyOf(it) === keyOf(place);
  return {
    ...judgement,
    events: judgement.events.filter((event) => "slot" in event && mine(event)),
    hung: judgement.hung.filter(mine),
    killed: judgement.killed.filter(mine),
  };
}

function startJudge(runtime: Runtime, job: Job, folder: string): ChildProcess {
  const flags = runtime.name === "deno" ? ["run", "-A", "--quiet"] : ["--no-warnings"];
  return spawn(runtime.binary, [...flags, "course/judge/judge.ts", JSON.stringify(job)], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      ...process.env,
      COURSE_PIDS: folder,
      DENO_NO_UPDATE_CHECK: "1",
      // Saves 0.1 s at the judge's start, and as much at that of a program.
      NODE_COMPILE_CACHE: join(root, ".course/cache"),
    },
  });
}

// What an answer writes to standard output comes along, also in the middle of a line.
function parseEvent(line: string): JudgeEvent | undefined {
  const begin = line.lastIndexOf("\x1e");
  if (begin < 0) return undefined;
  try {
    return JSON.parse(line.slice(begin + 1)) as JudgeEvent;
  } catch {
    return undefined;
  }
}

// The judge has a process group of its own, which Ctrl-C does not reach.
function whenEnded(cleanUp: () => void): Disposable {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const onSignal = (signal: NodeJS.Signals) => {
    cleanUp();
    for (const name of signals) process.removeListener(name, onSignal);
    process.kill(process.pid, signal);
  };
  for (const name of signals) process.on(name, onSignal);
  process.on("exit", cleanUp);
  return {
    [Symbol.dispose]() {
      for (const name of signals) process.removeListener(name, onSignal);
      process.removeListener("exit", cleanUp);
    },
  };
}
