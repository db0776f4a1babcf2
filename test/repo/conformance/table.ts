/**
 * Prints what CPython and berkeley/ make of the scenarios, side by side.
 *
 *     node test/repo/conformance/table.ts [part of a scenario's name]
 *     deno run -A test/repo/conformance/table.ts [part of a scenario's name]
 *
 * @module
 */
import process from "node:process";
import { findRuntime, here } from "../../../course/runtimes.ts";
import { compare, table, totals } from "./compare.ts";
import { missing, playOurs, playPython, pythonVersion } from "./run.ts";
import { scenarios } from "./scenarios.ts";

const why = missing();
if (why) throw new Error(why);
const [cpython, ours] = [await playPython(), await playOurs()];
const wanted = scenarios.filter(({ name }) => name.includes(process.argv[2] ?? ""));
const compared = wanted.map((it) => compare(it, cpython.get(it.name), ours.get(it.name)));
const columns: [string, string] = [pythonVersion(), findRuntime(here)!.label];
wanted.forEach((scenario, i) => console.log(table(scenario, compared[i]!, columns)));
console.log(`${wanted.length} scenarios, ${totals(compared.flat())}`);
