/**
 * A running server in a child process: what it says, where it listens, and how it takes its end.
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";
import { basename } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { notWritten } from "../../course/answers/stub.ts";
import { Child, type Run } from "./child.ts";
import { answerMs, bound, noteStart, seconds } from "./deadline.ts";
import { swallowedMark } from "./guard.ts";
import { Peer } from "./peer.ts";
import { hasKernelTable, kernelSockets } from "./proc-net.ts";
import { Story } from "./story.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

/** The line in which every server of the course says where it listens. */
const listening = /^Listening on (\S+):(\d+)$/m;

/** How a program is started. */
export interface StartOptions {
  /** the arguments; `["0"]` (any port) unless told */
  args?: string[];
  /** wait for it to listen before going on; true unless told */
  listens?: boolean;
}

/**
 * How a TypeScript program is run on the runtime at hand, with nothing swallowed.
 *
 * @param path Absolute path of the file
 * @param flags Deno's permissions for it
 */
export function onThisRuntime(path: string, flags: string[]): Run {
  const guard = fileURLToPath(new URL("./guard.ts", import.meta.url));
  const run = "Deno" in globalThis
    ? ["run", "--quiet", "--no-prompt", ...flags, `--preload=${guard}`]
    : [];
  return { command: process.execPath, args: [...run, path] };
}

/** A running child with the story of what it did. */
export class Program implements AsyncDisposable {
  readonly story: Story = new Story();
  readonly #child: Child;
  readonly #name: string;
  readonly #clients: Peer[] = [];
  #listensAt: { address: string; port: number } | undefined;

  private constructor({ command, args }: Run, words: string[]) {
    this.#name = basename(args.at(-1)!);
    const how = command !== process.execPath ? command : "Deno" in globalThis ? "deno run" : "node";
    this.story.tell(`started ${[how, this.#name, ...words].join(" ")}`);
    this.#child = new Child({ command, args: [...args, ...words] }, (exit) => {
      this.story.tell(`it ended (${exit})`);
    });
  }

  /**
   * Starts a program of the course.
   *
   * @param run The command, up to the program's file; see {@link onThisRuntime}
   * @throws {Verdict} When it ends before it listens, or does not say in time where it does
   */
  static async start(run: Run, options: StartOptions = {}): Promise<Program> {
    const { args = ["0"], listens = true } = options;
    const begun = performance.now();
    const program = new Program(run, args);
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
    if (this.#child.exit !== undefined) throw this.#ended("died", "while it served");
    this.story.begin("it still runs");
    this.#clients.length = 0;
  }

  /** The port on which it says that it listens. */
  get port(): number {
    return this.#listensAt?.port ?? 0;
  }

  async #waitForListening(): Promise<void> {
    const told = () => listening.test(this.#child.stdout);
    await this.#child.until(() => told() || this.#child.exit !== undefined, bound(answerMs));
    if (!told()) {
      if (this.#child.exit === undefined) {
        throw this.#verdict(
          "never-listened",
          `It ran for ${seconds(bound(answerMs))} and did not print "Listening on 127.0.0.1:PORT"`,
        );
      }
      throw this.#ended("exited-early", "before it said where it listens");
    }
    const [, address = "", port = ""] = listening.exec(this.#child.stdout)!;
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
      await this.#checkAlive({ mayEnd: true });
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
    this.#child.signal("SIGTERM");
    if (!await this.#child.ended(bound(answerMs))) {
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
    if (!await this.#child.ended(bound(answerMs))) {
      throw this.#verdict(
        "took-busy-port",
        `Its port was taken, and it still ran ${seconds(bound(answerMs))} later`,
      );
    }
    if (this.#child.exit === "exit code 0") {
      throw this.#verdict(
        "took-busy-port",
        "Its port was taken, and it ended with exit code 0, which says that all is well",
      );
    }
    this.#checkWritten();
    if (/^\s+at .+:\d+:\d+/m.test(this.#child.stderr)) {
      throw this.#verdict(
        "took-busy-port",
        "Its port was taken, and it ended with a stack trace instead of a sentence",
      );
    }
    if (!(this.#child.stderr + this.#child.stdout).trim()) {
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
    await this.#child[Symbol.asyncDispose]();
  }

  // A crash closes its connections, and refuses new ones, a moment before the process is gone.
  async #checkAlive({ mayEnd = false } = {}): Promise<void> {
    const gone = this.#clients.some((client) => !client.isOpen);
    if (gone || mayEnd) await this.#child.ended(bound(150));
    if (this.#child.exit !== undefined) throw this.#ended("died", "while it served");
  }

  #ended(diagnosis: Diagnosis, when: string): Verdict {
    this.#checkWritten();
    const error = this.#firstError();
    const denied = /Requires net access to "(.+):\d+"/.exec(this.#child.stderr)?.[1];
    if (denied) {
      return this.#verdict(
        "listens-elsewhere",
        `It wants to listen on ${denied}${
          reach(denied)
        }, which Deno refuses: its run line allows less`,
      );
    }
    if (this.#child.stderr.includes(swallowedMark)) {
      return this.#verdict(
        "swallowed",
        `A listener threw ${when}, which Deno alone would have swallowed: ${error}`,
      );
    }
    const why = error ? `: ${error}` : "";
    return this.#verdict(diagnosis, `It ended (${this.#child.exit}) ${when}${why}`);
  }

  #checkWritten(): void {
    if (this.#child.stderr.includes(notWritten)) {
      throw this.#verdict(
        "not-written",
        `${this.#name} is not written yet: it throws where its TODO stands`,
      );
    }
  }

  // Node and Deno dress an uncaught error differently; the error's own line is the same.
  #firstError(): string {
    const text = this.#child.stderr.replaceAll(swallowedMark, "").trim();
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

function includes(all: Uint8Array, part: Uint8Array): boolean {
  return part.length > 0 && Buffer.from(all).includes(Buffer.from(part));
}
