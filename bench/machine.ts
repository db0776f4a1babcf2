/**
 * What the measurements need of the machine.
 *
 * @module
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import os from "node:os";
import process from "node:process";
import { Misunderstanding } from "../course/misunderstanding.ts";
import { findRuntime } from "../course/runtimes.ts";
import { missingTool } from "../test/support/tool.ts";
import type { Run } from "../test/support/child.ts";

/**
 * Refuses a machine on which nothing can be measured.
 *
 * @throws {Misunderstanding} It says what to get
 */
export function refuseMachine(): void {
  if (process.platform !== "linux") {
    throw new Misunderstanding("bench needs Linux: its load generator is written on epoll");
  }
  const missing = missingTool("gcc");
  if (!missing) return;
  throw new Misunderstanding(
    `${missing}, and the load generator is in C. On Debian and Ubuntu: apt install gcc libc6-dev`,
  );
}

/** The machine and what runs on it, in a line. */
export function machineLine(): string {
  const runtimes = (["node", "deno"] as const).map((name) => findRuntime(name)?.label);
  const python = spawnSync("python3", ["--version"], { encoding: "utf8" }).stdout?.trim();
  const cpus = `${os.availableParallelism()} x ${os.cpus()[0]?.model ?? process.arch}`;
  return [...runtimes, python, `Linux ${os.release()}`, cpus].filter(Boolean).join(", ");
}

/** What else the machine has to do, in a line. */
export function loadLine(): string {
  return `load average ${os.loadavg().map((load) => load.toFixed(2)).join(" ")}`;
}

/** Whether a server and its load can each have a CPU of its own. */
export function canPin(): boolean {
  return [0, 1].every((cpu) => spawnSync("taskset", ["-c", `${cpu}`, "true"]).status === 0);
}

/** A program on one CPU alone, or anywhere where that cannot be had. */
export function pinned(run: Run, cpu: number, pin: boolean): Run {
  return pin ? { command: "taskset", args: ["-c", `${cpu}`, run.command, ...run.args] } : run;
}

/** How many sockets to one address a process may have: by its descriptors, and by the ports. */
export function mostClients(): { clients: number; why: string } {
  const hard = spawnSync("sh", ["-c", "ulimit -Hn"], { encoding: "utf8" }).stdout.trim();
  const descriptors = hard === "unlimited" ? Infinity : Number(hard) - 100;
  const range = readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8");
  const [first = 0, last = 0] = range.trim().split(/\s+/).map(Number);
  const ports = last - first - 1000;
  return descriptors < ports
    ? { clients: descriptors, why: `the hard limit of descriptors is ${hard} (ulimit -Hn)` }
    : { clients: ports, why: `local ports go from ${first} to ${last} (ip_local_port_range)` };
}
