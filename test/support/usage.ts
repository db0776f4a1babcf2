/**
 * What a process uses, as the kernel counts it: CPU time, memory, descriptors (proc(5)); Linux only.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Whether this system counts in this way. */
export const hasProc: boolean = existsSync("/proc/self/stat");

/** How long a clock tick of /proc/PID/stat lasts, in ms: USER_HZ is 100 on every Linux. */
const tickMs = 10;

/**
 * How long a thread has been awake so far, in ms: it ran, or would have if a CPU had been free. So a
 * busy machine makes no difference between a thread that sleeps and one that does not.
 *
 * @param pid A process, for its main thread; `"thread-self"` for the thread that asks
 */
export function awakeMs(pid: number | "thread-self"): number {
  const schedstat = `/proc/${pid}/schedstat`;
  if (existsSync(schedstat)) {
    const [ranNs, waitedNs] = readFileSync(schedstat, "utf8").split(" ");
    return (Number(ranNs) + Number(waitedNs)) / 1e6;
  }
  const fields = stat(pid);
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

// From the third field on: the second is a name in parentheses, and may hold spaces.
function stat(pid: number | "thread-self"): string[] {
  return readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "").split(" ");
}

/** Whether a process's main thread waits in a call of the system at the moment. */
export function isAsleep(pid: number): boolean {
  return hasProc && stat(pid)[0] === "S";
}

/** Whether a process was stopped by a signal (SIGSTOP), and was not told to go on. */
export function isStopped(pid: number): boolean {
  return hasProc && stat(pid)[0] === "T";
}

/**
 * How often a thread has gone to sleep so far.
 *
 * @param pid A process, for its main thread; `"thread-self"` for the thread that asks
 */
export function sleeps(pid: number | "thread-self" = "thread-self"): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(status)?.[1]);
}

/** The memory that a process has at the moment, in bytes. */
export function residentBytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) *
    1024;
}

/**
 * How many sockets a process has open, pairs of Unix sockets aside: Deno opens one for itself, half a
 * second after its start.
 */
export function openSockets(pid: number): number {
  const inodes = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? [];
    } catch {
      return []; // it was closed meanwhile
    }
  });
  const ofUnix = new Set(
    readFileSync("/proc/net/unix", "utf8").split("\n").map((line) => line.trim().split(/\s+/)[6]),
  );
  return inodes.filter((inode) => !ofUnix.has(inode)).length;
}
