/**
 * Finds the runtimes' binaries, so that children are started with no launcher between.
 *
 * @module
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { permissions, read, root } from "./disk.ts";

/** The two runtimes that everything must run on. */
export type RuntimeName = "node" | "deno";

/** A runtime found on this machine. */
export interface Runtime {
  name: RuntimeName;
  /** path of the binary itself */
  binary: string;
  /** `"Node 24.21.0"` */
  label: string;
}

/** The runtime that runs this very program. */
export const here: RuntimeName = "Deno" in globalThis ? "deno" : "node";

/** How this runner is called from where it was called: `npm run course` or `deno task course`. */
export const call: string = here === "deno" ? "deno task course" : "npm run course";

const { platform, arch } = process;
const suffix = platform === "win32" ? ".exe" : "";
const denoPackage = {
  linux: `linux-${arch}-glibc`,
  darwin: `darwin-${arch}`,
  win32: `win32-${arch}`,
}[platform as string];
const nodePackage = `node-${platform === "win32" ? "win" : platform}-${arch}`;

/**
 * The words between a runtime's binary and a program of the course: the permissions that its header
 * names.
 *
 * @param file A path from the root
 */
export function flagsFor(name: RuntimeName, file: string): string[] {
  return name === "deno" ? ["run", "--quiet", ...permissions(read(file))] : [];
}

/** Looks in this process, in `node_modules`, then on the PATH; undefined when there is none. */
export function findRuntime(name: RuntimeName): Runtime | undefined {
  if (name === here) {
    const version = here === "deno" ? denoVersion() : process.versions.node;
    return { name, binary: process.execPath, label: label(name, version) };
  }
  const local = name === "deno"
    ? join(root, "node_modules/@deno", denoPackage ?? "none", `deno${suffix}`)
    : join(root, "node_modules", nodePackage, "bin", `node${suffix}`);
  const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) =>
    join(folder, `${name}${suffix}`)
  );
  for (const binary of [local, ...onPath]) {
    const version = versionOf(binary);
    if (version && isNewEnough(name, version)) return { name, binary, label: label(name, version) };
  }
  return undefined;
}

function versionOf(binary: string): string | undefined {
  try {
    accessSync(binary, constants.X_OK);
    const text = execFileSync(binary, ["--version"], { encoding: "utf8" });
    return /\d+\.\d+\.\d+/.exec(text)?.[0];
  } catch {
    return undefined;
  }
}

function isNewEnough(name: RuntimeName, version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return name === "node" ? major >= 24 : major > 2 || (major === 2 && minor >= 9);
}

function denoVersion(): string {
  return (globalThis as { Deno?: { version: { deno: string } } }).Deno?.version.deno ?? "";
}

function label(name: RuntimeName, version: string): string {
  return `${name === "node" ? "Node" : "Deno"} ${version}`;
}
