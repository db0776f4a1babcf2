// Plain JavaScript that an old Node can parse: it finds a runtime that is new enough, or says how to get one.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import process from "node:process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const isDeno = "Deno" in globalThis;
const old = isDeno ? "" : tooOld(process.versions.node, 24, 0, "Node");
const oldDeno = isDeno ? tooOld(globalThis.Deno.version.deno, 2, 9, "Deno") : "";

if (oldDeno) fail(oldDeno, "Get a newer one with `deno upgrade`.");
if (!existsSync(`${root}node_modules/vitest`)) {
  fail(
    "The course's packages are not installed.",
    `In ${root} type: ${isDeno ? "deno install" : "npm ci"}`,
  );
}
if (old) {
  const local = `${root}node_modules/.bin/node`;
  if (process.env.COURSE_REEXEC || !existsSync(local)) {
    fail(old, "Get Node 24 or newer from https://nodejs.org, or use Deno: deno task start");
  }
  const again = spawnSync(local, process.argv.slice(1), {
    stdio: "inherit",
    env: { ...process.env, COURSE_REEXEC: "1" },
  });
  process.exit(again.status ?? 2);
}
// The cache holds the stripped TypeScript: with it the course starts in 40 ms instead of 100.
if (!isDeno) module.enableCompileCache(`${root}.course/cache`);
const { main } = await import("./cli.ts");
process.exitCode = await main(process.argv.slice(2));

function tooOld(version, major, minor, name) {
  const [a, b] = version.split(".").map(Number);
  if (a > major || (a === major && b >= minor)) return "";
  return `The course needs ${name} ${major}.${minor} or newer; this is ${name} ${version}.`;
}

function fail(what, wayOut) {
  console.error(`${what}\n${wayOut}`);
  process.exit(2);
}
