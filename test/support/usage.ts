/**
 * What a process uses, as the kernel counts it: CPU time, memory, descriptors (proc(5)); Linux only.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Whether this system counts in this way. */
export const hasProc: boolean = existsSync("/proc/self/stat");

/** How long a clock tick of /proc lasts, in ms: USER_HZ is 100 on every Linux. */
const tickMs = 10;

/**
 * The CPU time that a process has used so far, all threads together, in ms.
 *
 * @param pid Its number; `"thread-self"` for the thread that asks, and for that alone
 */
export function cpuMs(pid: number | "thread-self"): number {
  const fields = stat(pid);
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Whether a process's main thread runs, or would if a CPU were free; it sleeps otherwise. */
export function wantsCpu(pid: number): boolean {
  return stat(pid)[0] === "R";
}

// From the third field on: the second is a name in parentheses, and may hold spaces.
function stat(pid: number | "thread-self"): string[] {
  return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
}

/** How often the thread that asks has gone to sleep so far. */
export function sleeps(): number {
  const status = readFileSync("/proc/thread-self/status", "utf8");
  return Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]);
}

/** The memory that a process has at the moment, in bytes. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) *
    1024;
}

/** How many sockets a process has open. */
export function openSockets(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith("socket:");
    } catch {
      return false; // it was closed meanwhile
    }
  }).length;
}
