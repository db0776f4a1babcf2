/**
 * A program that is a server: where it listens, whom it serves, and how it takes its end.
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";
import timers from "node:timers/promises";
import type { Run } from "./child.ts";
import { answerMs, bound, late, noteStart, seconds, within } from "./deadline.ts";
import { Peer, type WantedLine } from "./peer.ts";
import { reach } from "./ports.ts";
import { hasKernelTable, kernelSockets } from "./proc-net.ts";
import { Program } from "./program.ts";
import { runTool } from "./tool.ts";
import { hasProc, openSockets } from "./usage.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** The line in which every server of the course says where it listens. */
const listening = /^Listening on (\S+):(\d+)$/m;

/** How a program is started. */
export interface StartOptions {
  /** the arguments; `["0"]` (any port) unless told */
  args?: string[];
  /** wait for it to listen before going on; true unless told */
  listens?: boolean;
}

/** A running server. */
export class Server extends Program {
  readonly #clients: Peer[] = [];
  #listensAt: { address: string; port: number } | undefined;
  #keepsApart = false;

  /**
   * Starts a server of the course.
   *
   * @param run The command, up to the program's file; see onThisRuntime() of program.ts
   * @throws {Verdict} When it ends before it listens, or does not say in time where it does
   */
  static async start(run: Run, options: StartOptions = {}): Promise<Server> {
    const { args = ["0"], listens = true } = options;
    const begun = performance.now();
    const server = new Server(run, args);
    if (!listens) return server;
    try {
      await server.#waitForListening();
      noteStart(performance.now() - begun);
      return server;
    } catch (error) {
      await server[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Begins a new story of the same server.
   *
   * @throws {Verdict} When it has ended
   */
  nextStory(): void {
    if (!this.runs) throw this.ended("died", "while it served");
    this.story.begin("it still runs");
    this.#clients.length = 0;
    this.#keepsApart = false;
  }

  /** Says that no client must get another's bytes: then a verdict names whose they were. */
  keepsApart(): void {
    this.#keepsApart = true;
  }

  /** The port on which it says that it listens. */
  get port(): number {
    return this.#listensAt?.port ?? 0;
  }

  async #waitForListening(): Promise<void> {
    const told = () => listening.test(this.child.stdout);
    await this.child.until(() => told() || this.child.exit !== undefined, bound(answerMs));
    if (!told()) {
      if (this.child.exit === undefined) {
        throw this.verdict(
          "never-listened",
          `It ran for ${seconds(bound(answerMs))} and did not print "Listening on 127.0.0.1:PORT"`,
        );
      }
      throw this.ended("exited-early", "before it said where it listens");
    }
    const [, address = "", port = ""] = listening.exec(this.child.stdout)!;
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
      throw this.verdict(
        "listens-elsewhere",
        "It says that it listens on port 0, which is no port",
      );
    }
    if (port !== undefined && said.port !== port) {
      throw this.verdict(
        "listens-elsewhere",
        `It was told to listen on port ${port} and says that it listens on ${said.port}`,
      );
    }
    if (where.length === 0) {
      throw this.verdict(
        "listens-elsewhere",
        `It says that it listens on port ${said.port}, but nothing listens there`,
      );
    }
    const other = where.find((it) => it !== address);
    if (other) {
      throw this.verdict(
        "listens-elsewhere",
        `It listens on ${other}${reach(other)}, not on ${address}`,
      );
    }
    if (said.address !== address) {
      throw this.verdict(
        "listens-elsewhere",
        `It says that it listens on ${said.address}, not on ${address}`,
      );
    }
  }

  /**
   * Connects a client.
   *
   * @param name What the story calls it
   * @throws {Verdict} When the connection is refused, or is not completed in time
   */
  async connect(name: string): Promise<Peer> {
    const { address, port } = this.#listensAt!;
    const host = address.replace(/^\[(.+)\]$/, "$1");
    const socket = net.connect({ host, port, allowHalfOpen: true });
    const client: Peer = new Peer(name, socket, {
      story: this.story,
      checkAlive: () => this.#checkAlive(),
      servedMeanwhile: () =>
        this.#clients.find((it) => it !== client && it.isOpen && it.receivedBytes > 0)?.name,
      sentByAnother: (bytes) =>
        this.#another(client, (it) => it.sent.some((all) => includes(all, bytes))),
      receivedByAnother: (bytes) => this.#another(client, (it) => includes(it.unread, bytes)),
    });
    const ms = bound(answerMs);
    const connected = once(socket, "connect");
    // The peer, too, hears of an error that comes when this one listens no more.
    connected.catch(() => {});
    try {
      if (await within(ms, connected) === late) {
        socket.destroy();
        throw this.verdict(
          "not-accepted",
          `A connection to ${address}:${port} was not completed within ${seconds(ms)}: ` +
            "nobody accepts, and the queue of those who wait is full",
        );
      }
    } catch (error) {
      if (error instanceof Verdict) throw error;
      await this.#checkAlive({ mayEnd: true });
      throw this.verdict(
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

  #another(client: Peer, hasThem: (it: Peer) => boolean): string | undefined {
    return this.#keepsApart
      ? this.#clients.find((it) => it !== client && hasThem(it))?.name
      : undefined;
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
   * Has clients come who reset their connections: each as soon as it has been sent something.
   *
   * @param count How many
   * @param atOnce How many at the same time
   * @throws {Verdict} When one is refused, or not sent anything
   */
  async comeAndReset(count: number, atOnce: number): Promise<void> {
    const { address, port } = this.#listensAt!;
    let left = count;
    const comeAndGo = async () => {
      while (left-- > 0) {
        const socket = net.connect({ host: address, port });
        const sent = once(socket, "data");
        sent.catch(() => {});
        const answered = await within(bound(answerMs), sent).catch(() => late);
        socket.on("error", () => {}).resetAndDestroy();
        if (answered === late) return false;
      }
      return true;
    };
    const all = await Promise.all(Array.from({ length: atOnce }, comeAndGo));
    const served = all.every(Boolean);
    this.story.tell(`${count} clients came${served ? "" : ", not all were served,"} and sent RST`);
    if (served) return;
    await this.#checkAlive({ mayEnd: true });
    throw this.verdict(
      "sent-nothing",
      `Of ${count} clients that came and sent RST, one was sent nothing within ${
        seconds(bound(answerMs))
      }`,
    );
  }

  /**
   * Has a client come that nobody here wrote, and waits for its end.
   *
   * @param command A program that ends with exit code 0 when it got what it wanted
   * @throws {Verdict} When it ends with another, or does not end
   */
  async checkClient(command: string, args: string[]): Promise<void> {
    const words = args.map((word) => word.split("/").at(-1));
    this.story.tell(`a client was started: ${[command, ...words].join(" ")}`);
    const { code, stdout, stderr } = await runTool(command, args);
    const said = (new TextDecoder().decode(stdout) + stderr).trim().split("\n").filter(Boolean);
    for (const line of said) this.story.tell(`the client printed: ${line}`);
    if (code === 0) return;
    await this.#checkAlive({ mayEnd: true });
    throw code === null
      ? this.verdict(
        "stopped-short",
        `A client in ${command} waited in vain for the end of its reply`,
      )
      : this.verdict("bytes-differ", `A client in ${command} did not get its echo: ${said.at(-1)}`);
  }

  /**
   * Looks at the lines that a client in a process of its own was sent.
   *
   * @param who What the story calls it
   * @param seen Its lines, what was due, and what it complained of
   * @throws {Verdict} When they are others
   */
  checkLines(
    who: string,
    { lines, due, stderr }: { lines: string[]; due: WantedLine[]; stderr: string },
  ): void {
    this.story.tell(`${who} received ${JSON.stringify(lines)} ${stderr}`.trim());
    const fits = (wanted: WantedLine, i: number) =>
      typeof wanted === "string" ? lines[i] === wanted : wanted.test(lines[i] ?? "");
    const at = due.findIndex((wanted, i) => !fits(wanted, i));
    if (at < 0 && lines.length === due.length) return;
    const wanted = at < 0 ? "no more" : String(due[at]);
    throw this.verdict(
      "bytes-differ",
      `${who} received ${JSON.stringify(lines[at < 0 ? due.length : at] ?? "nothing")} as line ${
        (at < 0 ? due.length : at) + 1
      }, wanted ${wanted}`,
    );
  }

  /**
   * Waits for it to end by itself because its port is taken.
   *
   * @throws {Verdict} When it goes on, ends with exit code 0 or leaves a stack trace for a message
   */
  async checkGivesUp(): Promise<void> {
    if (!await this.child.ended(bound(answerMs))) {
      throw this.verdict(
        "took-busy-port",
        `Its port was taken, and it still ran ${seconds(bound(answerMs))} later`,
      );
    }
    if (this.child.exit === "exit code 0") {
      throw this.verdict(
        "took-busy-port",
        "Its port was taken, and it ended with exit code 0, which says that all is well",
      );
    }
    this.checkWritten();
    if (/^\s+at .+:\d+:\d+/m.test(this.child.stderr)) {
      throw this.verdict(
        "took-busy-port",
        "Its port was taken, and it ended with a stack trace instead of a sentence",
      );
    }
    if (!(this.child.stderr + this.child.stdout).trim()) {
      throw this.verdict("took-busy-port", "Its port was taken, and it ended without a word");
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
      throw this.verdict(
        "leaked",
        `Its clients have gone, and it still holds ${left().length} of their connections (${first.state})`,
      );
    }
  }

  /** How many sockets it has open; 0 where the system does not tell. */
  get openSockets(): number {
    return hasProc ? openSockets(this.child.pid) : 0;
  }

  /**
   * Waits until it has no more sockets open than it had: a connection that was reset is gone from
   * the kernel's table, and its descriptor may still be there. Linux only.
   *
   * @param before What {@link openSockets} was
   * @param how How its clients have gone, `"by a reset"`
   * @throws {Verdict} When it has
   */
  async checkNoneKept(before: number, how: string): Promise<void> {
    const end = performance.now() + bound(answerMs);
    while (this.runs && this.openSockets > before && performance.now() < end) await setTimeout(1);
    if (!this.runs) throw this.ended("died", "after its clients had gone");
    const kept = this.openSockets - before;
    if (kept <= 0) return;
    throw this.verdict(
      "leaked",
      `Its clients have gone ${how}, and it has not closed ${kept} of their sockets`,
    );
  }

  override async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) await client[Symbol.asyncDispose]();
    await super[Symbol.asyncDispose]();
  }

  protected override get ownLines(): string[] {
    return super.ownLines.filter((line) => !listening.test(line));
  }

  protected override ended(diagnosis: Diagnosis, when: string): Verdict {
    const address = /Requires net access to "(.+):\d+"/.exec(this.child.stderr)?.[1];
    if (diagnosis !== "exited-early" || address === undefined) return super.ended(diagnosis, when);
    return this.verdict(
      "listens-elsewhere",
      `It wants to listen on ${address}${
        reach(address)
      }, which Deno refuses: its run line allows less`,
    );
  }

  // A crash closes its connections, and refuses new ones, a moment before the process is gone.
  async #checkAlive({ mayEnd = false } = {}): Promise<void> {
    const gone = this.#clients.some((client) => !client.isOpen);
    if (gone || mayEnd) await this.child.ended(bound(150));
    if (!this.runs) throw this.ended("died", "while it served");
  }
}

function includes(all: Uint8Array, part: Uint8Array): boolean {
  return part.length > 0 && Buffer.from(all).includes(Buffer.from(part));
}
