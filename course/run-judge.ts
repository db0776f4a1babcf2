/**
 * Starts the judge, listens to it, and ends it when an answer keeps it from going on.
 *
 * @module
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { root } from "./disk.ts";
import type { Job, JudgeEvent } from "./judge.ts";
import type { Runtime } from "./runtimes.ts";

/** A test of one answer. */
export interface Place {
  slot: string;
  file: string;
  /** the test that had begun, empty while the file was being loaded */
  test: string;
}

/** What came of a job. */
export interface Judgement {
  events: JudgeEvent[];
  /** where an answer's event loop stood still, if one did */
  hungIn?: Place;
  /** what the judge itself complained of, when it did not come to its end */
  broken?: string;
}

/** How long an event loop may stand still on an idle machine, in ms. */
const standstillMs = 2500;

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
  const flags = runtime.name === "deno" ? ["run", "-A", "--quiet"] : ["--no-warnings"];
  const judge = spawn(runtime.binary, [...flags, "course/judge.ts", JSON.stringify(job)], {
    cwd: root,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, COURSE_PIDS: folder, DENO_NO_UPDATE_CHECK: "1" },
  });
  const judgement: Judgement = { events: [] };
  const running = new Map<string, string>();
  let complaint = "";
  judge.stderr.on("data", (text) => complaint += text);
  const watch = setInterval(() => {
    const place = standsStill(folder);
    if (!place) return;
    judgement.hungIn = { ...place, test: running.get(`${place.slot} ${place.file}`) ?? "" };
    killGroup(judge.pid!);
  }, 250);
  const stop = () => killGroup(judge.pid!);
  process.once("exit", stop);
  for await (const line of createInterface({ input: judge.stdout })) {
    if (!line.startsWith("{")) continue;
    const event = JSON.parse(line) as JudgeEvent;
    if (event.type === "begin") running.set(`${event.slot} ${event.file}`, event.test);
    judgement.events.push(event);
    onEvent(event);
  }
  clearInterval(watch);
  process.removeListener("exit", stop);
  killGroup(judge.pid!);
  for (const name of readdirSync(folder)) if (/^\d+$/.test(name)) killGroup(Number(name));
  rmSync(folder, { recursive: true, force: true });
  if (!judgement.hungIn && judgement.events.at(-1)?.type !== "end") judgement.broken = complaint;
  return judgement;
}

// The workers write a file four times a second, as long as their event loops turn.
function standsStill(folder: string): Omit<Place, "test"> | undefined {
  const load = Math.min(8, Math.max(1, loadavg()[0]! / availableParallelism()));
  const late = readdirSync(folder).filter((name) => name.startsWith("beat-")).find((name) => {
    const age = Date.now() - statSync(join(folder, name)).mtimeMs;
    return age > standstillMs * load && isAlive(Number(name.slice(5)));
  });
  return late && JSON.parse(readFileSync(join(folder, late), "utf8") || "{}");
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // it has ended
  }
}
