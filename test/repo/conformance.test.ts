import { networkInterfaces } from "node:os";
import { beforeAll, describe, expect, test } from "vitest";
import { noIpv6 } from "../../course/lessons/transcripts.ts";
import { findRuntime, here } from "../../course/runtimes.ts";
import { compare, table } from "./conformance/compare.ts";
import { type MutantName, mutants } from "./conformance/mutants.ts";
import {
  missing,
  type Outcomes,
  playMutant,
  playOurs,
  playPython,
  pythonVersion,
} from "./conformance/run.ts";
import { type Scenario, steps } from "./conformance/scenario.ts";
import { scenarios } from "./conformance/scenarios.ts";

/** More than the bound of one scenario on a busy machine, which then names it. */
const limitMs = 300_000;

const why = missing();
const hasIpv6 = Object.values(networkInterfaces()).flat().some((it) => it?.address === "::1");

let cpython: Outcomes;
let ours: Outcomes;
beforeAll(async () => {
  if (why === "") [cpython, ours] = await Promise.all([playPython(), playOurs()]);
}, limitMs);

function whyNot({ needs }: Scenario): string {
  return why || (needs === "ipv6" && !hasIpv6 ? noIpv6 : "");
}

const columns = (label = findRuntime(here)!.label): [string, string] => [pythonVersion(), label];

describe("berkeley/ does as CPython does", () => {
  test.for(scenarios.map((it) => [it.name, it] as const))("%s", ([name, scenario], { skip }) => {
    if (whyNot(scenario)) skip(whyNot(scenario));
    const rows = compare(scenario, cpython.get(name), ours.get(name));
    const differs = rows.some(({ verdict }) => verdict === "differs");
    if (differs) throw new Error(table(scenario, rows, columns()));
  });
});

describe.concurrent("a mutant is told apart in which", () => {
  test.for(Object.keys(mutants) as MutantName[])(
    "%s",
    { timeout: limitMs },
    async (mutant, { skip }) => {
      if (why) skip(why);
      const outcomes = await playMutant(mutant);
      for (const scenario of scenarios.filter((it) => it.tells.includes(mutant))) {
        if (whyNot(scenario)) continue;
        const rows = compare(scenario, cpython.get(scenario.name), outcomes.get(scenario.name));
        if (rows.every(({ verdict }) => verdict !== "differs")) {
          throw new Error(`Not told apart by\n${table(scenario, rows, columns("the mutant"))}`);
        }
      }
    },
  );
});

describe("the scenarios", () => {
  test("have names of their own, and each tells a mutant apart", () => {
    expect(scenarios.map(({ name }) => name)).toEqual([...new Set(scenarios.map((it) => it.name))]);
    expect(scenarios.filter(({ tells }) => tells.length === 0)).toEqual([]);
  });

  test("tell every mutant apart", () => {
    const told = scenarios.flatMap(({ tells }) => tells);
    expect(Object.keys(mutants).filter((it) => !told.includes(it as MutantName))).toEqual([]);
  });

  test("say of no other step that it differs", () => {
    const strange = scenarios.flatMap((it) =>
      Object.keys(it.differs ?? {}).filter((step) =>
        steps(it).filter((other) => other === step).length !== 1
      )
    );
    expect(strange).toEqual([]);
  });
});
