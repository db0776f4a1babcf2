/** @module */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import { basename } from "node:path";
import process from "node:process";
import { exists, names, read, root } from "../disk.ts";
import { call, flagsFor } from "../runtimes.ts";
import { chooseRuntimes, nearest } from "../learner/words.ts";
import { Misunderstanding } from "../misunderstanding.ts";

export const usage = "run 02/echo-server [node | deno] [arguments]";
export const summary = "starts an example, or your exercise, on either runtime";

/** Runs a program of the course with the permissions that its header names; its exit code is ours. */
export async function run(words: string[]): Promise<number> {
  const [wanted = "", ...rest] = words;
  const runtimeWord = rest[0] === "node" || rest[0] === "deno" ? [rest.shift()!] : [];
  const file = findProgram(wanted);
  const source = read(file);
  const denoOnly = !source.includes(`node ${file}`) && source.includes("deno run ");
  const [runtime] = chooseRuntimes(denoOnly ? ["deno"] : runtimeWord);
  const flags = flagsFor(runtime!.name, file);
  const other = partner(file);
  if (other) console.log(`# In a second terminal: ${call} run ${other}`);
  const child = spawn(runtime!.binary, [...flags, file, ...rest], { cwd: root, stdio: "inherit" });
  using _ = passSignals(child);
  const [code, signal] = await once(child, "exit") as [number, NodeJS.Signals | null];
  return signal ? 128 + constants.signals[signal] : code;
}

// The program decides what to do with a signal, and is never left behind.
function passSignals(child: ChildProcess): Disposable {
  const pass = (signal: NodeJS.Signals) => {
    // Ctrl-C reaches everything in the terminal by itself. And child.kill() works once on Deno.
    if (signal !== "SIGINT" || !process.stdin.isTTY) process.kill(child.pid!, signal);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, pass);
  return {
    [Symbol.dispose]() {
      for (const signal of signals) process.removeListener(signal, pass);
    },
  };
}

/** The path of what `02/echo-server`, `02/1` or a path names. */
function findProgram(wanted: string): string {
  if (wanted.endsWith(".ts") && exists(wanted)) return wanted;
  const all = programs();
  const found = all.find(({ ids }) => ids.includes(wanted));
  if (found) return found.file;
  const list = nearest(wanted, all, ({ ids }) => ids).map(({ ids }) => ids[0]).join(", ");
  throw new Misunderstanding(
    wanted
      ? `There is no program "${wanted}". The nearest: ${list}`
      : `Which program? For example: ${list}`,
  );
}

function programs(): { file: string; ids: string[] }[] {
  return ["examples", "exercises"].flatMap((top) =>
    names(top).flatMap((folder) =>
      names(`${top}/${folder}`).filter((file) => file.endsWith(".ts")).map((file) => ({
        file: `${top}/${folder}/${file}`,
        ids: idsOf(folder, basename(file, ".ts")),
      }))
    )
  );
}

// 02/1-echo-server, 2/1-echo-server, 02/1 ...
function idsOf(folder: string, name: string): string[] {
  const number = folder.slice(0, 2);
  const files = /^\d-/.test(name) ? [name, name[0], name.slice(2)] : [name];
  return [number, String(Number(number)), folder]
    .flatMap((lesson) => files.map((file) => `${lesson}/${file}`));
}

/** What a learner starts beside it: the client of a server. */
function partner(file: string): string | undefined {
  const client = file.replace("-server", "-client");
  if (client === file || !exists(client)) return undefined;
  return `${basename(client.split("/").at(-2)!).slice(0, 2)}/${basename(client, ".ts")}`;
}
