/**
 * Measures and prints.
 *
 * @module
 */
import { idleTable, measureIdle } from "./idle.ts";
import { loadLine, machineLine, refuseMachine } from "./machine.ts";
import { type Load, loads, measure, tableOf } from "./throughput.ts";

/** Prints a table for each load. */
export async function bench(rounds: number): Promise<number> {
  begin();
  const samples = await measure({ rounds, seconds: 1, warmUpSeconds: 0.5, say: console.log });
  for (const load of Object.keys(loads) as Load[]) console.log(`\n${tableOf(load, samples)}`);
  console.log(`
The ratio is taken within each round; it is the median of ${rounds} rounds and, in brackets, their
quartiles. Latencies, the time that the server was on its CPU, and RSS, its memory at the end of the
load, are medians. On Node some 30 MB of it belong to what strips the types.`);
  return end();
}

/** Prints the table of idle clients. */
export async function benchIdle(): Promise<number> {
  begin();
  const samples = await measureIdle(10_000, console.log);
  console.log(`\n${idleTable(samples)}`);
  console.log(`
KiB/client is what the server's memory grew by, without the kernel's share. The clients connect one
after another as fast as they can: whole seconds are SYNs that were sent again, because the server's
queue was full.`);
  return end();
}

function begin(): void {
  refuseMachine();
  console.log(`${machineLine()}\nBefore: ${loadLine()}`);
}

function end(): number {
  console.log(`\nAfter: ${loadLine()}`);
  return 0;
}
