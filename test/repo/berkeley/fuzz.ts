/**
 * Calls every entry point of the library with arguments of any kind, on sockets in any state. Each call
 * has to return soon, or to throw one of the errors that the library has.
 *
 *     node test/repo/berkeley/fuzz.ts [calls=N] [seconds=N] [seed=N] [only=NAME] [log=FILE] [show] [gc]
 *     deno run -A test/repo/berkeley/fuzz.ts ...
 *
 * A failure prints the command that replays it. The number of the seed and the last call are written
 * to the log file before the call, for whoever finds this process dead. `show` prints every call. `gc`
 * collects garbage before every sequence; it takes --expose-gc. `broken` puts a fault in.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import { mkdtempSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import fc from "fast-check";
import { OSError } from "#berkeley/errors.ts";
import { Socket } from "#berkeley/socket.ts";
import { StructError } from "#berkeley/struct.ts";
import { anyStep, entries, type Step } from "./fuzz-calls.ts";
import { Own } from "./fuzz-values.ts";
import { patience, World } from "./fuzz-world.ts";

const words = new Map(process.argv.slice(2).map((it) => it.split("=") as [string, string]));
const number = (name: string, other: number) => Number(words.get(name) ?? other);
const most = { calls: number("calls", Infinity), seconds: number("seconds", 10) };
if (most.calls !== Infinity) most.seconds = number("seconds", Infinity);
const firstSeed = number("seed", Math.floor(Math.random() * 2 ** 30));
const log = words.has("log") ? openSync(words.get("log")!, "w") : undefined;
const collect = words.has("gc") ? (globalThis as { gc?: () => void }).gc : undefined;

// Unix sockets leave their paths behind.
const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
const home = process.cwd();
process.chdir(folder);
process.on("exit", () => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

/** A call that takes longer than that hangs, in ms; most take microseconds. */
const longestMs = 5000;
const runsPerSeed = 100;

interface Count {
  calls: number;
  returned: number;
  slowestMs: number;
}
const counts = new Map<string, Count>();
const thrown = new Map<string, number>();
let calls = 0;

/** Makes the calls of one sequence, and holds what came of them against the rules. */
function play(steps: Step[]): void {
  const results: [Uint8Array, string][] = [];
  using world = new World();
  world.register();
  for (const step of steps) {
    const result = make(world, step);
    if (result instanceof Uint8Array && results.length < 20) results.push([result, sum(result)]);
  }
  if (results.some(([bytes, before]) => sum(bytes) !== before)) {
    throw new Error("the result of one call was changed by another");
  }
}

// Reading all of 64 MiB would take the time of ten thousand calls.
function sum(bytes: Uint8Array): string {
  return bytes.subarray(0, 100).join() + bytes.length;
}

function make(world: World, step: Step): unknown {
  const args = step.args.map((it) => it.make(world));
  const text = `${step.name}(${step.args.map((it) => it.text).join(", ")}) on ${step.state}`;
  if (isDangerous(world, step, args)) return;
  if (log !== undefined) {
    const line = Buffer.from(`${seed} ${calls} ${text.slice(0, 300)}`.padEnd(400));
    writeSync(log, line, 0, 400, 0);
  }
  if (words.has("show")) console.log(text);
  const { on, call } = entries[step.name]!;
  const target = on?.(world, step.state) as Record<string, () => unknown> | undefined;
  const begun = performance.now();
  let [result, error]: unknown[] = [];
  try {
    const method = call ?? target![step.name.split(".")[1]!]!;
    result = Reflect.apply(method, target, args);
    if (words.has("broken") && args.length === 1) throw new Error("a fault put there on purpose");
  } catch (caught) {
    error = caught;
  }
  note(step.name, performance.now() - begun, error);
  settle(world, step, args, result);
  if (!isAllowed(error)) {
    const said = error instanceof Error ? error.stack : String(error);
    throw new Error(`${text} threw what it must not: ${said}`);
  }
  if (performance.now() - begun > longestMs) throw new Error(`${text} took too long`);
  return result;
}

/**
 * What would hurt this process itself or the machine: descriptors of the runtime, a close() that
 * lingers, a path outside of the folder.
 */
function isDangerous(world: World, { name, state, args: texts }: Step, args: unknown[]): boolean {
  if (args.some((it) => typeof it === "string" && /^\/|\.\./.test(it))) return true;
  const fd = { "socket": args[3], "new Socket": args[0], "new Epoll": args[0] }[name];
  if (typeof fd === "number" && fd >= 0 && fd < 1_000_000) return !world.owns(fd);
  // SO_PEERPIDFD is a new descriptor.
  if (name === "Socket.getsockopt" && args[0] === 1 && args[1] === 77) return true;
  if (name === "create_connection") {
    // Without a limit the kernel tries for minutes.
    const [to = "", options = ""] = texts.map(({ text }) => text);
    return !options.startsWith("{ timeout") && !/^\["(127\.0\.0\.1|::1)"/.test(to);
  }
  if (name === "Socket.setsockopt") {
    const lingers = args[1] === 13 && typeof args[2] !== "number";
    return lingers || (state === "blocking" && (args[1] === 20 || args[1] === 21));
  }
  const waits = (it: unknown) => it === undefined || it === null || Number(it) > 0.01;
  const limit = { "select": args[3], "Epoll.poll": args[0], "Selector.select": args[0] }[name];
  if (name === "select" || name === "Epoll.poll" || name === "Selector.select") {
    return typeof limit === "number" || limit === undefined || limit === null
      ? waits(limit) || (name === "Epoll.poll" && Number(limit) < 0)
      : false;
  }
  if (name !== "Poll.poll") return false;
  const ms = args[0];
  return ms === undefined || ms === null || (typeof ms === "number" && (ms < 0 || ms > 10));
}

/** Closes what a call has made, and sees to it that no socket waits without end. */
function settle(world: World, step: Step, args: unknown[], result: unknown): void {
  const { name } = step;
  if (name === "Socket.detach" && typeof result === "number") world.keep(result);
  if (name === "Socket.settimeout" || name === "Socket.setblocking") {
    const it = world.socketIn(step.state);
    if (it.fileno() >= 0) it.settimeout(step.state === "blocking" ? null : patience);
  }
  if (name === "new Epoll") return;
  for (const it of Array.isArray(result) ? result : [result]) {
    const isSecond = name === "new Socket" || (name === "socket" && args[3] !== undefined);
    if (it instanceof Socket) {
      if (isSecond) world.release(it);
      else world.own(it);
    } else if (isDisposable(it) && name !== "Selector.get_map") world.own(it);
  }
}

function isDisposable(it: unknown): it is Disposable {
  return typeof it === "object" && it !== null && Symbol.dispose in it;
}

function isAllowed(error: unknown): boolean {
  if (error === undefined || error instanceof Own) return true;
  return [TypeError, RangeError, OSError, StructError, AggregateError]
    .some((it) => error instanceof it);
}

function note(name: string, ms: number, error: unknown): void {
  calls++;
  const count = counts.get(name) ?? { calls: 0, returned: 0, slowestMs: 0 };
  count.calls++;
  count.returned += error === undefined ? 1 : 0;
  count.slowestMs = Math.max(count.slowestMs, ms);
  counts.set(name, count);
  if (!(error instanceof Error)) return;
  const kind = `${error.name} ${error instanceof OSError ? error.code : ""}`;
  thrown.set(kind, (thrown.get(kind) ?? 0) + 1);
}

const fds = () => readdirSync("/proc/self/fd").length;
const only = words.get("only");
const names = Object.keys(entries).filter((it) => only === undefined || it === only);
const property = fc.property(
  fc.array(anyStep(names), { minLength: 1, maxLength: 100, size: "max" }),
  (steps) => {
    collect?.();
    const before = fds();
    play(steps);
    const left = fds() - before;
    if (left > 0) throw new Error(`${left} descriptors more are open than before`);
  },
);

console.log(`seed=${firstSeed}`);
const begun = performance.now();
let seed = firstSeed;
for (; calls < most.calls && performance.now() - begun < most.seconds * 1000; seed++) {
  const details = fc.check(property, { seed, numRuns: runsPerSeed });
  if (!details.failed) continue;
  const steps = details.counterexample?.[0] as Step[] | undefined;
  const again = process.argv.slice(1).filter((it) => !/^(calls|seconds|seed|log)=/.test(it));
  const runtime = "Deno" in globalThis ? ["deno run -A"] : ["node", ...process.execArgv];
  console.log(
    details.errorInstance,
    steps?.map((it) => `  ${it.name}(${it.args.map(({ text }) => text)}) on ${it.state}`).join(
      "\n",
    ),
    `\nTo replay it: ${[...runtime, ...again].join(" ")} seed=${seed} calls=1`,
  );
  process.exit(1);
}
console.table(Object.fromEntries(counts));
console.table(Object.fromEntries([...thrown].sort(([, a], [, b]) => b - a)));
console.log(`${calls} calls of ${counts.size} in ${Math.round(performance.now() - begun)} ms`);
