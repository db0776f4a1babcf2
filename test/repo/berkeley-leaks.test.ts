import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { output } from "./berkeley/here.ts";

const hasDescriptors = existsSync("/proc/self/fd");

test.skipIf(!hasDescriptors)("no call leaves a descriptor behind, done or failed", async () => {
  expect(await output("leaks.ts", ["2000"], { ms: 30_000 })).toMatch(
    /^\d+ cases, 2000 times each\n$/,
  );
}, 300_000);

test("calls leave no memory behind", async () => {
  const lines = (await output("memory.ts", ["20000"], {
    ms: 30_000,
    v8: ["--expose-gc"],
  })).trim().split("\n");
  expect(lines.length).toBe(10);
  // A leak of one address is 3 KB a call, 60 MiB here.
  const grown = lines.filter((line) => !(parseInt(line) < 30));
  expect(grown).toEqual([]);
}, 300_000);

test("without a descriptor left each call says so, and keeps none", async () => {
  const all = "create_connection(), all errors: AggregateError: connect() 127.0.0.1 port";
  const lines = (await output("descriptors.ts", [], { descriptors: 64 })).trim().split("\n");
  expect(lines.map((it) => it.startsWith(all) ? all : it)).toEqual([
    "socket(): OSError EMFILE",
    "socketpair(): OSError EMFILE",
    "create_server(): OSError EMFILE",
    "create_connection(): OSError EMFILE",
    all,
    "epoll(): OSError EMFILE",
    "EpollSelector: OSError EMFILE",
    "accept(): OSError EMFILE",
    "socketpair() with one left: OSError EMFILE",
    "room for 1",
    "accept() then: true",
    "room for 1",
  ]);
});
