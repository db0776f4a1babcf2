/**
 * Plays the commands of a transcript in their order, each when a reader would have typed it.
 *
 * A command starts once the one before it has printed its first line or ended; on a terminal where
 * another still runs, once that has ended. After the last one, whatever still runs is interrupted.
 * Every port that the lesson shows is another one here: the first server is given port 0, and the
 * port that it then names takes the place of the shown one in all that follows. Where nobody
 * listens yet, a port that is certainly free does.
 *
 * @module
 */
import { bound, Changes, seconds } from "../../test/support/deadline.ts";
import { freePort } from "../../test/support/ports.ts";
import { givenPorts, servedPort, shownPort, spellOut } from "./commands.ts";
import type { RuntimeName } from "../runtimes.ts";
import { Command, interruptLine, quiet } from "./terminals.ts";

/** How long one command may take on an idle machine, in ms. */
const commandMs = 10_000;

/** All commands together may take so many times as long. */
const allFactor = 3;

/** How long nothing must be printed before the next command is typed, in ms. */
const typingMs = 50;

/** How long nothing must be printed at the end, when it is known how many lines come; in ms. */
const knownQuietMs = 100;

/** The same when it is not known, in ms: longer than any pause in an example. */
const unknownQuietMs = 1500;

/** A command as it stands in a transcript. */
export interface Typed {
  /** `"1"`, empty when there is one terminal only */
  terminal: string;
  /** without the prompt, over several lines when they end in a backslash */
  text: string;
  /** the lines below it, without blank ones at the end */
  output: string[];
}

/** How a transcript is to be played. */
export interface PlayOptions {
  /** absolute path of the repository, where the commands run */
  root: string;
  /** what the word `node` stands for */
  runtime: RuntimeName;
  /** whether the outputs in the lesson tell how many lines will come */
  known: boolean;
  /** how long one command may take on an idle machine, in ms; 10 s unless told */
  commandMs?: number;
}

/** What became of the commands. */
export interface Played {
  /** the lines that each printed */
  lines: string[][];
  /** the real ports by the shown ones */
  ports: Map<number, number>;
  /** the commands that did not behave, and how */
  problems: { index: number; what: string }[];
}

/**
 * Plays a transcript.
 *
 * @param typed Its commands
 * @returns What they printed; nothing that they started is left
 */
export async function play(typed: Typed[], options: PlayOptions): Promise<Played> {
  await using player = new Player(typed, options);
  return await player.play();
}

/** Whether a lesson shows that a command was interrupted. */
export function isInterrupted({ output }: Typed): boolean {
  return output.includes(interruptLine);
}

class Player implements AsyncDisposable {
  readonly #typed: Typed[];
  readonly #options: PlayOptions;
  readonly #spelled: string[];
  readonly #shownPorts: Set<number>;
  readonly #changes = new Changes();
  readonly #commands: Command[] = [];
  readonly #played: Played = { lines: [], ports: new Map(), problems: [] };
  readonly #limitMs: number;
  readonly #end: number;

  constructor(typed: Typed[], options: PlayOptions) {
    const { root, runtime } = options;
    this.#typed = typed;
    this.#options = options;
    this.#limitMs = bound(options.commandMs ?? commandMs);
    this.#end = performance.now() + allFactor * this.#limitMs;
    this.#spelled = typed.map(({ text }) => spellOut(text, runtime, root));
    this.#shownPorts = new Set([
      shownPort,
      ...this.#spelled.flatMap((text) => givenPorts(text, root)),
    ]);
  }

  async play(): Promise<Played> {
    for (const index of this.#typed.keys()) {
      if (index > 0) await this.#awaitFirstLine(index - 1);
      await this.#freeTerminal(index);
      this.#commands.push(
        new Command(await this.#script(index), this.#options.root, this.#changes),
      );
    }
    await this.#finish();
    this.#played.lines = this.#commands.map((it, i) => it.lines(isInterrupted(this.#typed[i]!)));
    return this.#played;
  }

  #problem(index: number, what: string): void {
    this.#played.problems.push({ index, what });
  }

  async #until(holds: () => boolean): Promise<boolean> {
    const ms = Math.min(this.#limitMs, Math.max(0, this.#end - performance.now()));
    return await this.#changes.until(holds, ms);
  }

  #serves(index: number): number | undefined {
    return servedPort(this.#spelled[index]!, this.#options.root);
  }

  /** Waits for the first line or the end; of a server, for the line in which it names its port. */
  async #awaitFirstLine(index: number): Promise<void> {
    const command = this.#commands[index]!;
    const shown = this.#serves(index);
    const first = shown === undefined ? /\n/ : /^Listening on \S+:(\d+)\n/m;
    if (!await this.#until(() => command.ended || first.test(command.output))) {
      const missing = shown === undefined ? "nothing" : 'no "Listening on ADDRESS:PORT"';
      this.#problem(index, `It printed ${missing} and did not end, so nothing can follow it`);
    }
    const port = Number(first.exec(command.output)?.[1]);
    if (shown && port) this.#learn(index, shown, port);
    await quiet(this.#commands, typingMs, this.#limitMs);
  }

  /** Notes the port that a server named. */
  #learn(index: number, shown: number, port: number): void {
    const given = this.#played.ports.get(shown) ?? 0;
    this.#played.ports.set(shown, given || port);
    if (port !== given && (given || port === shown)) {
      this.#problem(index, `It was given port ${given}, and says that it listens on ${port}`);
    }
  }

  /** Waits until the terminal of a command is free, or frees it as the lesson shows. */
  async #freeTerminal(index: number): Promise<void> {
    const { terminal } = this.#typed[index]!;
    const before = this.#commands.findLastIndex((_, i) => this.#typed[i]!.terminal === terminal);
    const command = this.#commands[before];
    if (!command || command.ended) return;
    if (isInterrupted(this.#typed[before]!)) {
      await this.#awaitEnds(before + 1);
      await this.#settle([before]);
    } else if (!await this.#until(() => command.ended)) {
      this.#problem(before, `It did not end, and its terminal is needed: show ${interruptLine}`);
    }
    await this.#interrupt(before);
  }

  /** Waits for the ends of the commands from an index on, except those that do not end. */
  async #awaitEnds(from: number): Promise<void> {
    for (const [i, command] of this.#commands.entries()) {
      if (i < from || this.#serves(i) !== undefined || isInterrupted(this.#typed[i]!)) continue;
      if (!await this.#until(() => command.ended)) {
        this.#problem(i, `It still ran after ${seconds(this.#limitMs)}: show ${interruptLine}`);
      }
    }
  }

  /** Waits for the lines that must come, then for silence. */
  async #settle(indexes: number[]): Promise<void> {
    const { known } = this.#options;
    const commands = indexes.map((i) => this.#commands[i]!);
    const expected = indexes.map((i) => linesBeforeInterrupt(this.#typed[i]!));
    const complete = () =>
      commands.every((it, k) => it.ended || it.lines(false).length >= expected[k]!);
    if (known) await this.#until(complete);
    await quiet(commands, known ? knownQuietMs : unknownQuietMs, this.#limitMs);
  }

  async #interrupt(index: number): Promise<void> {
    const problem = await this.#commands[index]!.interrupt(this.#limitMs);
    if (problem) this.#problem(index, problem);
  }

  /** Waits for the end of the last command and for what the others have still to print. */
  async #finish(): Promise<void> {
    const last = this.#commands.length - 1;
    await this.#awaitEnds(last);
    if (this.#serves(last) !== undefined) await this.#awaitFirstLine(last);
    const running = [...this.#commands.keys()].filter((i) => !this.#commands[i]!.ended);
    await this.#settle(running);
    for (const command of this.#commands) command.mark();
    for (const i of running) await this.#interrupt(i);
  }

  /** What a shell is to run for a command. */
  async #script(index: number): Promise<string> {
    const serves = this.#serves(index);
    const { ports } = this.#played;
    const spelled = this.#spelled[index]!;
    for (const shown of this.#shownPorts) {
      const stands = new RegExp(`\\b${shown}\\b`).test(spelled);
      if (stands && shown !== serves && !ports.has(shown)) ports.set(shown, await freePort());
    }
    // The system may give the port of a server that was stopped to anyone but to the next server.
    if (serves && !ports.has(serves) && isInterrupted(this.#typed[index]!)) {
      ports.set(serves, await freePort());
    }
    const script = spelled.replace(/\b\d{4,5}\b/g, (digits) => {
      const shown = Number(digits);
      return String(ports.get(shown) ?? (shown === serves ? 0 : digits));
    });
    return `${this.#lastCode(index)}${script}`;
  }

  /** Makes `$?` what it was on this terminal. */
  #lastCode(index: number): string {
    if (!this.#spelled[index]!.includes("$?")) return "";
    const { terminal } = this.#typed[index]!;
    const before = this.#commands.findLast((_, i) => this.#typed[i]!.terminal === terminal);
    return `(exit ${before?.code ?? 0})\n`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const command of this.#commands) command.kill();
    for (const command of this.#commands) await command[Symbol.asyncDispose]();
  }
}

function linesBeforeInterrupt({ output }: Typed): number {
  const at = output.indexOf(interruptLine);
  return at < 0 ? output.length : at;
}
