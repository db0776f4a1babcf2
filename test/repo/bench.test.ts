import process from "node:process";
import { describe, expect, test } from "vitest";
import { loads, measure, type Sample, tableOf } from "../../bench/throughput.ts";
import { servers } from "../../bench/servers.ts";
import { median, quantile, spread, table } from "../../bench/table.ts";
import { missingTool } from "#support/tool.ts";

const missing = process.platform === "linux"
  ? missingTool("gcc") || missingTool("python3")
  : "bench needs Linux";

// Nine programs are started, twice each.
const timeout = 240_000;

test("bench measures every server that is here", { timeout }, async ({ skip }) => {
  if (missing) skip(missing);
  const said: string[] = [];
  const say = (sentence: string) => said.push(sentence);
  const rows = servers(() => {});
  const samples = await measure({ rounds: 1, seconds: 0.05, warmUpSeconds: 0.05, say });
  expect(said.filter((it) => it.startsWith("Not measured") && !it.includes("not on this machine")))
    .toEqual([]);
  for (const load of ["ping", "stream"] as const) {
    const mine = samples.filter((it) => it.load === load);
    expect(mine.map((it) => it.server)).toEqual(rows.map((it) => it.name));
    for (const { server, rate, cpuUs, residentBytes } of mine) {
      expect(rate, `${server}: ${loads[load].unit}`).toBeGreaterThan(0);
      expect(cpuUs, `${server}: CPU`).toBeGreaterThan(0);
      expect(residentBytes, `${server}: RSS`).toBeGreaterThan(0);
    }
  }
});

test("quantile() falls between two neighbours", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
  expect(spread([1, 2, 3])).toBe("2.00 (1.50-2.50)");
});

test("table() puts numbers below one another", () => {
  expect(table(["server", "s"], [["a", "10"], ["bcdefgh", "9"]])).toBe(
    ["server    s", "a        10", "bcdefgh   9"].join("\n"),
  );
});

describe("tableOf()", () => {
  const sample = (server: string, round: number, rate: number): Sample => ({
    server,
    round,
    rate,
    load: "stream",
    cpuUs: 1.25,
    residentBytes: 20e6,
  });

  test("takes the ratio within each round", () => {
    const fast = [100, 10].map((rate, i) => sample("node:net, Node", i, rate));
    const slow = [50, 5].map((rate, i) => sample("ours", i, rate));
    const lines = tableOf("stream", [...fast, ...slow]).split("\n").slice(3);
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ["node:net, Node", "1.00 (1.00-1.00)", "100", "1.3", "20"],
      ["ours", "0.50 (0.50-0.50)", "50", "1.3", "20"],
    ]);
  });

  test("takes it to the first server where node:net on Node is not there", () => {
    expect(tableOf("stream", [sample("ours", 1, 10)])).toContain('times "ours"');
  });
});
