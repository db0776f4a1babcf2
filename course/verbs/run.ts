/** @module */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { basename } from "node:path";
import process from "node:process";
import { exists, names, permissions, read, root } from "../disk.ts";
import { call, chooseRuntimes, Misunderstanding } from "../words.ts";

export const usage = "run 02/echo-server [node | deno] [arguments]";
export const summary = "starts an example, or your exercise, on either runtime";

/** Runs a program of the course with the permissions that its header names. */
export async function run(words: string[]): Promise<number> {
  const [wanted = "", ...rest] = words;
  const runtimeWord = rest[0] === "node" || rest[0] === "deno" ? [rest.shift()!] : [];
  const file = findProgram(wanted);
  const source = read(file);
  const denoOnly = !source.includes(`node ${file}`) && source.includes("deno run ");
  const [runtime] = chooseRuntimes(denoOnly ? ["deno"] : runtimeWord);
  const flags = runtime!.name === "deno" ? ["run", "--quiet", ...permissions(source)] : [];
  const other = partner(file);
  if (other) console.log(`# In a second terminal: ${call} run ${other}`);
  // Ctrl-C goes to the whole terminal: the program decides what to do with it.
  process.on("SIGINT", () => {});
  const child = spawn(runtime!.binary, [...flags, file, ...rest], { cwd: root, stdio: "inherit" });
  const [code, signal] = await once(child, "exit");
  return signal ? 1 : code;
}

/** The path of what `02/echo-server`, `02/1` or a path names. */
function findProgram(wanted: string): string {
  if (wanted.endsWith(".ts") && exists(wanted)) return wanted;
  const [number = "", name = ""] = wanted.split("/");
  const all = ["examples", "exercises"].flatMap((top) =>
    names(top).filter((folder) => folder.startsWith(number.padStart(2, "0"))).flatMap((folder) =>
      names(`${top}/${folder}`).map((file) => `${top}/${folder}/${file}`)
    )
  ).filter((file) => file.endsWith(".ts"));
  const found = all.find((file) => basename(file, ".ts") === name) ??
    all.find((file) => name !== "" && basename(file).startsWith(`${name}-`));
  if (found) return found;
  const list = all.map((file) => `${number}/${basename(file, ".ts")}`);
  throw new Misunderstanding(
    `There is no program "${wanted}".${list.length > 0 ? ` There are: ${list.join(", ")}` : ""}`,
  );
}

/** What a learner starts beside it: the client of a server. */
function partner(file: string): string | undefined {
  const client = file.replace("-server", "-client");
  if (client === file || !exists(client)) return undefined;
  return `${basename(client.split("/").at(-2)!).slice(0, 2)}/${basename(client, ".ts")}`;
}
