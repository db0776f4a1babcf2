/**
 * Ends every process that a run of the judge has left.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import process from "node:process";

/**
 * Ends what was started under a judge, directly or not, and forgets it.
 *
 * @param folder The judge's COURSE_PIDS: test/support/child.ts leaves a note there of every program
 */
export function endAllUnder(folder: string): void {
  const noted = existsSync(folder) ? readdirSync(folder).filter((it) => /^\d+$/.test(it)) : [];
  for (const pid of noted) kill(-Number(pid));
  // A program whose starter was killed before it could leave a note; Linux only.
  for (const pid of processesWith(`COURSE_PIDS=${folder}`)) kill(pid);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The processes that have a variable in their environment, without this one. */
function processesWith(variable: string): number[] {
  if (!existsSync("/proc/self/environ")) return [];
  return readdirSync("/proc").map(Number).filter((pid) => {
    if (!pid || pid === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(variable);
    } catch {
      return false; // it has ended, or is another user's
    }
  });
}

/**
 * Kills.
 *
 * @param pid A process, or with a minus a group of them
 * @returns False when there is no such process
 */
export function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}
