/** @module */
import process from "node:process";
import { Misunderstanding } from "../misunderstanding.ts";

export const usage = "bench [idle] [rounds]";
export const summary = "measures echo servers side by side: under load, or with idle clients";

/** 0 when every server that is here was measured. */
export async function run(words: string[]): Promise<number> {
  const idle = words.includes("idle");
  const rounds = words.filter((word) => word !== "idle");
  if (rounds.length > 1 || rounds.some((word) => !/^[1-9]\d*$/.test(word)) || idle && rounds[0]) {
    throw new Misunderstanding(
      `It is bench, bench 3 (rounds) or bench idle, not "${words.join(" ")}"`,
    );
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Its servers and clients end with it.
    process.once(signal, () => process.exit(1));
  }
  const { bench, benchIdle } = await import("../../bench/bench.ts");
  return idle ? await benchIdle() : await bench(Number(rounds[0] ?? 7));
}
