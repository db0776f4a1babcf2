/**
 * A program exercise: its answer is started as a child, as a learner would start it by hand.
 *
 * @module
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { basename, join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, inject } from "vitest";
import { answerPath } from "../../course/answers.ts";
import { permissions, read, root } from "../../course/disk.ts";
import { notWritten } from "../../course/stub.ts";
import { answerMs, bound, Changes, noteStart, seconds } from "./deadline.ts";
import { swallowedMark } from "./guard.ts";
import { Peer } from "./peer.ts";
import { hasKernelTable, kernelSockets } from "./proc-net.ts";
import { Story } from "./story.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

/** The line in which every server of the course says where it listens. */
const listening = /^Listening on (\S+):(\d+)$/m;

const { FORCE_COLOR: _, ...env } = process.env;

/** How a program is started. */
export interface StartOptions {
  /** the arguments; `["0"]` (any port) unless told */
  args?: string[];
  /** wait for it to listen before going on; true unless told */
  listens?: boolean;
}

/** The program that a test file is about. */
export interface ProgramExercise {
  /** Starts it once more, for this test alone. */
  start(options?: StartOptions): Promise<Program>;
  /** The one that runs for the whole file, started at its first use; a new story begins. */
  running(): Promise<Program>;
}

/**
 * The program that a test file is about: the answer in the slot that the tests run for.
 *
 * @param testUrl `import.meta.url` of the test file, whose name is the exercise's
 */
export function programExercise(testUrl: string): ProgramExercise {
  const file = fileURLToPath(testUrl);
  const key = file.slice(root.length).replace(/^test\/(.+)\.test\.ts$/, "$1");
  let shared: Program | undefined;
  afterAll(() => shared?.[Symbol.asyncDispose]());

  const start = (options?: StartOptions) => {
    const path = answerPath(key, inject("slot"));
    if (!path) throw new Error(`There is no answer for ${key} in the slot ${inject("slot")}`);
    return Program.start(path, permissions(read(`solutions/${key}.ts`)), options);
  };
  const running = async () => {
    shared?.nextStory();
    return shared ??= await start();
  };
  return { start, running };
}

/** A running child with the story of what it did. */
export class Program implements AsyncDisposable {
  readonly story: Story = new Story();
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #changes = new Changes();
  readonly #clients: Peer[] = [];
  #stdout = "";
  #stderr = "";
  #exit: string | undefined;
  #listensAt: { address: string; port: number } | undefined;

  private constructor(path: string, flags: string[], args: string[]) {
    this.#name = basename(path);
    const run = "Deno" in globalThis
      ? ["run", "--quiet", "--no-prompt", ...flags, `--preload=${guardPath}`, path]
      : [path];
    this.story.tell(`started ${"Deno" in globalThis ? "deno run" : "node"} ${this.#name} ${args}`);
    this.#child = spawn(process.execPath, [...run, ...args], {
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    });
    note(this.#child.pid);
    this.#child.stdout!.on("data", (text: Uint8Array) => {
      this.#stdout += text;
      this.#changes.tell();
    });
    this.#child.stderr!.on("data", (text: Uint8Array) => {
      this.#stderr += text;
      this.#changes.tell();
    });
    this.#child.on("close", (code: number | null, signal: string | null) => {
      this.#exit = signal ?? `exit code ${code}`;
      this.story.tell(`it ended (${this.#exit})`);
      this.#changes.tell();
    });
  }

  /**
   * Starts a program of the course.
   *
   * @param path Absolute path of the file
   * @param flags Deno's permissions for it
   * @throws {Verdict} When it ends before it listens, or does not say in time where it does
   */
  static async start(path: string, flags: string[], options: StartOptions = {}): Promise<Program> {
    const { args = ["0"], listens = true } = options;
    const begun = performance.now();
    const program = new Program(path, flags, args);
    if (!listens) return program;
    try {
      await program.#waitForListening();
      noteStart(performance.now() - begun);
      return program;
    } catch (error) {
      await program[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Begins a new story of the same program.
   *
   * @throws {Verdict} When it has ended
   */
  nextStory(): void {
    if (this.#exit !== undefined) throw this.#ended("died", "while it served");
    this.story.begin("it still runs");
    this.#clients.length = 0;
  }

  /** The port on which it says that it listens. */
  get port(): number {
    return this.#listensAt?.port ?? 0;
  }

  async #waitForListening(): Promise<void> {
    const told = () => listening.test(this.#stdout);
    await this.#changes.until(() => told() || this.#exit !== undefined, bound(answerMs));
    if (!told()) {
      if (this.#exit === undefined) {
        throw this.#verdict(
          "never-listened",
          `It ran for ${seconds(bound(answerMs))} and did not print "Listening on 127.0.0.1:PORT"`,
        );
      }
      throw this.#ended("exited-early", "before it said where it listens");
    }
    const [, address = "", port = ""] = listening.exec(this.#stdout)!;
    this.#listensAt = { address, port: Number(port) };
    this.story.tell(`it printed: Listening on ${address}:${port}`);
  }

  /**
   * Holds what the program says of where it listens against what the kernel says.
   *
   * @param port The port it was told to take; any when left out
   * @throws {Verdict} When it listens elsewhere, or says something else than it does
   */
  checkListensOn(address: string, port?: number): void {
    const said = this.#listensAt!;
    const open = kernelSockets().filter((it) => it.state === "LISTEN" && it.port === said.port);
    const where = hasKernelTable ? open.map((it) => it.address) : [said.address];
    if (said.port === 0) {
      throw this.#verdict(
        "listens-elsewhere",
        "It says that it listens on port 0, which is no port",
      );
    }
    if (port !== undefined && said.port !== port) {
      throw this.#verdict(
        "listens-elsewhere",
        `It was told to listen on port ${port} and says that it listens on ${said.port}`,
      );
    }
    if (where.length === 0) {
      throw this.#verdict(
        "listens-elsewhere",
        `It says that it listens on port ${said.port}, but nothing listens there`,
      );
    }
    const other = where.find((it) => it !== address);
    if (other) {
      throw this.#verdict(
        "listens-elsewhere",
        `It listens on ${other}${reach(other)}, not on ${address}`,
      );
    }
    if (said.address !== address) {
      throw this.#verdict(
        "listens-elsewhere",
        `It says that it listens on ${said.address}, not on ${address}`,
      );
    }
  }

  /**
   * Connects a client.
   *
   * @param name What the story calls it
   * @throws {Verdict} When the connection is refused
   */
  async connect(name: string): Promise<Peer> {
    const { address, port } = this.#listensAt!;
    const socket = net.connect({ host: address, port, allowHalfOpen: true });
    const client: Peer = new Peer(name, socket, {
      story: this.story,
      checkAlive: () => this.#checkAlive(),
      servedMeanwhile: () =>
        this.#clients.find((it) => it !== client && it.isOpen && it.receivedBytes > 0)?.name,
      sentByAnother: (bytes) =>
        this.#clients.find((it) => it !== client && it.sent.some((all) => includes(all, bytes)))
          ?.name,
      receivedByAnother: (bytes) =>
        this.#clients.find((it) => it !== client && includes(it.unread, bytes))?.name,
    });
    try {
      await once(socket, "connect");
    } catch (error) {
      await this.#checkAlive();
      throw this.#verdict(
        "refused",
        `It says that it listens on ${address}:${port}, but a connection there fails: ${
          (error as NodeJS.ErrnoException).code
        }`,
      );
    }
    this.story.tell(`${name} connected`);
    this.#clients.push(client);
    return client;
  }

  /**
   * Has a client come, say hello and leave.
   *
   * @throws {Verdict} When it is not answered
   */
  async checkServes(name: string): Promise<void> {
    await using client = await this.connect(name);
    await client.send(`${name} here`);
    await client.receive(`${name} here`);
  }

  /**
   * Sends SIGTERM and waits for the end.
   *
   * @throws {Verdict} When it goes on
   */
  async stop(): Promise<void> {
    this.story.tell("SIGTERM was sent to it");
    process.kill(this.#child.pid!, "SIGTERM");
    if (!await this.#changes.until(() => this.#exit !== undefined, bound(answerMs))) {
      throw this.#verdict(
        "ignored-sigterm",
        `It still ran ${seconds(bound(answerMs))} after SIGTERM`,
      );
    }
  }

  /**
   * Waits for it to end by itself because its port is taken.
   *
   * @throws {Verdict} When it goes on, ends with exit code 0 or leaves a stack trace for a message
   */
  async checkGivesUp(): Promise<void> {
    const over = () => this.#exit !== undefined;
    if (!await this.#changes.until(over, bound(answerMs))) {
      throw this.#verdict(
        "took-busy-port",
        `Its port was taken, and it still ran ${seconds(bound(answerMs))} later`,
      );
    }
    if (this.#exit === "exit code 0") {
      throw this.#verdict(
        "took-busy-port",
        "Its port was taken, and it ended with exit code 0, which says that all is well",
      );
    }
    this.#checkWritten();
    if (/^\s+at .+:\d+:\d+/m.test(this.#stderr)) {
      throw this.#verdict(
        "took-busy-port",
        "Its port was taken, and it ended with a stack trace instead of a sentence",
      );
    }
    if (!(this.#stderr + this.#stdout).trim()) {
      throw this.#verdict("took-busy-port", "Its port was taken, and it ended without a word");
    }
  }

  /**
   * Waits until the kernel has no connection left on the program's port; Linux only.
   *
   * @throws {Verdict} When one is left, with its state
   */
  async checkNothingLeft(): Promise<void> {
    const left = () =>
      kernelSockets().filter((it) =>
        it.port === this.port && !["LISTEN", "TIME-WAIT"].includes(it.state)
      );
    const end = performance.now() + bound(answerMs);
    while (left().length > 0 && performance.now() < end) {
      await setTimeout(1);
    }
    const [first] = left();
    if (first) {
      throw this.#verdict(
        "leaked",
        `Its clients have gone, and it still holds ${left().length} of their connections (${first.state})`,
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) await client[Symbol.asyncDispose]();
    if (this.#exit === undefined) {
      killGroup(this.#child.pid!);
      await this.#changes.until(() => this.#exit !== undefined, bound(answerMs));
    }
    killGroup(this.#child.pid!);
    forget(this.#child.pid);
  }

  // A crash closes the connection a moment before the process is gone.
  async #checkAlive(): Promise<void> {
    const crashing = () => this.#exit !== undefined;
    const gone = this.#clients.some((client) => !client.isOpen);
    if (gone) await this.#changes.until(crashing, bound(150));
    if (crashing()) throw this.#ended("died", "while it served");
  }

  #ended(diagnosis: Diagnosis, when: string): Verdict {
    this.#checkWritten();
    const error = this.#firstError();
    const denied = /Requires net access to "(.+):\d+"/.exec(this.#stderr)?.[1];
    if (denied) {
      return this.#verdict(
        "listens-elsewhere",
        `It wants to listen on ${denied}${
          reach(denied)
        }, which Deno refuses: its run line allows less`,
      );
    }
    if (this.#stderr.includes(swallowedMark)) {
      return this.#verdict(
        "swallowed",
        `A listener threw ${when}, which Deno alone would have swallowed: ${error}`,
      );
    }
    const why = error ? `: ${error}` : "";
    return this.#verdict(diagnosis, `It ended (${this.#exit}) ${when}${why}`);
  }

  #checkWritten(): void {
    if (this.#stderr.includes(notWritten)) {
      throw this.#verdict(
        "not-written",
        `${this.#name} is not written yet: it throws where its TODO stands`,
      );
    }
  }

  // Node and Deno dress an uncaught error differently; the error's own line is the same.
  #firstError(): string {
    const text = this.#stderr.replaceAll(swallowedMark, "").trim();
    const error = /^(?:error: )?(?:Uncaught )?(?:\(in promise\) )?([A-Z]\w*(?: \[\w+\])?: .*)$/m
      .exec(text)?.[1] ?? text.split("\n")[0]!;
    const line = new RegExp(`${this.#name.replaceAll(".", "\\.")}:(\\d+)`).exec(text)?.[1];
    return line ? `${error} (${this.#name}, line ${line})` : error;
  }

  #verdict(diagnosis: Diagnosis, sentence: string): Verdict {
    return new Verdict(diagnosis, sentence, { story: this.story });
  }
}

function reach(address: string): string {
  return ["::", "[::]", "0.0.0.0"].includes(address) ? " (every network of the machine)" : "";
}

const guardPath = fileURLToPath(new URL("./guard.ts", import.meta.url));

function includes(all: Uint8Array, part: Uint8Array): boolean {
  return part.length > 0 && Buffer.from(all).includes(Buffer.from(part));
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // ended already
  }
}

// Whoever has to kill this process finds the children that it leaves in this folder.
function note(pid: number | undefined): void {
  const folder = process.env.COURSE_PIDS;
  if (folder && pid) writeFileSync(join(folder, String(pid)), "");
}

function forget(pid: number | undefined): void {
  const folder = process.env.COURSE_PIDS;
  if (folder && pid) rmSync(join(folder, String(pid)), { force: true });
}
