/**
 * A thousand clients lose their server at the same moment, and try again: how many of them come
 * back in the same tenth of a second?
 *
 * Lesson 11. It is arithmetic, with a source of chance that always says the same.
 *
 *     node examples/11-opening/backoff.ts
 *     deno run examples/11-opening/backoff.ts
 *
 * @module
 */
const clients = 1000;
const baseMs = 100;
const capMs = 10_000;
/** The server comes back after that time; until then every attempt fails. */
const outageMs = 5000;

// #region waits
type Wait = (failures: number) => number;

const limit: Wait = (failures) => Math.min(capMs, baseMs * 2 ** (failures - 1));

const policies: Record<string, Wait> = {
  "every 100 ms": () => baseMs,
  "doubling": limit,
  "doubling, half of it by chance": (failures) => limit(failures) * (1 + chance()) / 2,
  "doubling, all of it by chance": (failures) => limit(failures) * chance(),
};
// #endregion

console.log("after failure  longest wait");
for (const failures of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
  console.log(`${String(failures).padStart(13)}  ${String(limit(failures)).padStart(9)} ms`);
}

let seed = 0;
for (const [name, wait] of Object.entries(policies)) {
  seed = 1;
  const times = Array.from({ length: clients }, () => attempts(wait)).flat();
  const back = times.filter((ms) => ms >= outageMs);
  const [busiest, last] = [Math.max(...perTenth(back)), Math.max(...back)];
  console.log(`${name}: ${times.length - back.length} attempts in vain, then`);
  console.log(`  at most ${busiest} in a tenth of a second, the last after ${seconds(last)} s`);
}

/** When a client tries, until it succeeds, in ms after the server was lost. */
function attempts(wait: Wait): number[] {
  const times = [0];
  while (times.at(-1)! < outageMs) times.push(times.at(-1)! + wait(times.length));
  return times;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}

/** How many of these times are in each tenth of a second. */
function perTenth(times: number[]): number[] {
  const counts: number[] = [];
  for (const ms of times) {
    const tenth = Math.floor(ms / 100);
    counts[tenth] = (counts[tenth] ?? 0) + 1;
  }
  return counts.filter(Boolean);
}

/** A number from 0 to below 1 (mulberry32), the same row of them in each run. */
function chance(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
