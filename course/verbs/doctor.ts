/** @module */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import process from "node:process";
import { exists, root } from "../disk.ts";
import { findRuntime, here } from "../runtimes.ts";

export const usage = "doctor";
export const summary = "looks at this machine, and says what is missing and how to get it";

interface Finding {
  ok: boolean;
  what: string;
  /** what to do about it, and whether the course works without it */
  wayOut?: string;
  needed?: boolean;
}

/** 0 when all that the course needs is there, 1 otherwise. */
export async function run(): Promise<number> {
  const findings = [
    ...runtimes(),
    ...packages(),
    await systemSockets(),
    ...places(),
    ...tools(),
  ];
  for (const { ok, what, wayOut } of findings) {
    console.log(
      `${ok ? "ok     " : "missing"} ${what}${!ok && wayOut ? `\n        ${wayOut}` : ""}`,
    );
  }
  const ill = findings.some((it) => !it.ok && it.needed);
  console.log(ill ? "\nSomething that the course needs is missing." : "\nThe course can run here.");
  return ill ? 1 : 0;
}

function runtimes(): Finding[] {
  return (["node", "deno"] as const).map((name) => {
    const runtime = findRuntime(name);
    const title = name === "node" ? "Node 24 or newer" : "Deno 2.9 or newer";
    const wayOut = name === "node"
      ? "The course runs on Deno alone, too. Node: https://nodejs.org, or npm ci on Linux and Windows"
      : "The course runs on Node alone, too. Deno: https://deno.com, or npm ci";
    return runtime
      ? { ok: true, what: `${runtime.label}${name === here ? " (runs this)" : ""}` }
      : { ok: false, what: title, wayOut };
  });
}

function packages(): Finding[] {
  const byNpm = exists("node_modules/.package-lock.json");
  const byDeno = exists("node_modules/.deno");
  return [{
    ok: exists("node_modules/vitest"),
    what: "packages in node_modules",
    wayOut: `In the course's folder type: ${here === "deno" ? "deno install" : "npm ci"}`,
    needed: true,
  }, {
    ok: !(byNpm && byDeno),
    what: "node_modules comes from one installer",
    wayOut:
      "Both npm and Deno have written to it. Remove node_modules, then npm ci or deno install",
    needed: true,
  }];
}

async function systemSockets(): Promise<Finding> {
  const what = "berkeley/ can call the system's sockets";
  try {
    const { socketpair } = await import("#berkeley/socket.ts");
    for (const it of socketpair()) it.close();
    return { ok: true, what };
  } catch (error) {
    // What berkeley/ says of another system has several sentences, others have many lines.
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { ok: false, what, wayOut: `Lessons 4 and 5 need it. ${reason}` };
  }
}

function places(): Finding[] {
  return ["exercises", "."].map((folder) => {
    let ok = true;
    try {
      accessSync(`${root}${folder}`, constants.W_OK);
    } catch {
      ok = false;
    }
    const what = folder === "." ? "the course's folder can be written" : "exercises can be written";
    return { ok, what, wayOut: "Copy the course to a folder of your own", needed: true };
  });
}

function tools(): Finding[] {
  const wanted = { nc: "netcat-openbsd", python3: "python3", ss: "iproute2", curl: "curl" };
  return Object.entries(wanted).map(([tool, debian]) => ({
    ok: spawnSync("sh", ["-c", `command -v ${tool}`]).status === 0,
    what: tool,
    wayOut: `Some lessons talk to it by hand. ${
      process.platform === "linux"
        ? `On Debian and Ubuntu: apt install ${debian}`
        : "See your system's packages"
    }`,
  }));
}
