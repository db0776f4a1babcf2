/**
 * The harness's end of a connection: it speaks bytes, waits with a bound and tells the story.
 *
 * @module
 */
import { once } from "node:events";
import type { Socket } from "node:net";
import timers from "node:timers/promises";
import { answerMs, bound, Changes, seconds } from "./deadline.ts";
import { explainDifference } from "./explain.ts";
import { count, firstDifference, hexDifference, toBytes } from "./hex.ts";
import { hasKernelTable, type KernelSocket, kernelSocket } from "./proc-net.ts";
import type { Ends } from "./sock-diag.ts";
import type { Story } from "./story.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** What a line must be: its text, or what it must match. */
export type WantedLine = string | { test(line: string): boolean; toString(): string };

/** What a peer knows of the conversation around it. */
export interface Surroundings {
  story: Story;
  /** throws a verdict if the other side's program has ended meanwhile */
  checkAlive?: () => Promise<void>;
  /** the name of a client that is being served while this one waits */
  servedMeanwhile?: () => string | undefined;
  /** the other client that sent these bytes */
  sentByAnother?: (bytes: Uint8Array) => string | undefined;
  /** the other client that was sent these bytes */
  receivedByAnother?: (bytes: Uint8Array) => string | undefined;
}

/** How long nothing must move on an idle machine until a stopped conversation counts so, in ms. */
const settledMs = 50;

/** So much earlier than its time a limit may seem to strike, in ms: clocks have whole ones. */
const earlyMs = 5;

/** How late a limit may strike on an idle machine, in ms. */
const lateMs = 500;

/** How long a client is watched whose turn has not come, in ms: enough to start a thread for it. */
const turnMs = 200;
/** And how often one must have looked meanwhile. */
const settledLooks = 20;

/** The most that goes out in one write, in bytes: a larger one would not show that it goes on. */
const largestWrite = 65_536;

/** When a peer is to be given up. */
export interface CutLimit {
  /** from when on time counts, as performance.now() has it */
  since: number;
  /** and what happened then, `"her last byte"` */
  sinceWhat: string;
  /** not before so many ms have passed */
  earliestMs: number;
  /** and when so many have passed, in ms; as early as that unless told */
  latestMs?: number;
}

/** One end of a TCP connection, with a name. */
export class Peer implements AsyncDisposable {
  readonly name: string;
  readonly story: Story;
  /** everything that this peer has sent */
  readonly sent: Uint8Array[] = [];
  readonly #socket: Socket;
  readonly #around: Surroundings;
  readonly #changes = new Changes();
  #pieces: Uint8Array[] = [];
  #pending = 0;
  #taken = 0;
  #ended = false;
  #reset = false;
  #closed = false;
  /** when the other side ended or reset the connection, as performance.now() has it */
  #cutAt = NaN;
  #halfClosed = false;
  #paused = false;
  /** how long it has stopped reading, in ms */
  #pausedMs = 0;
  #waited = "";
  /** bytes that were to be sent and that the kernel has not got */
  #unsent = 0;

  constructor(name: string, socket: Socket, around: Surroundings) {
    this.name = name;
    this.story = around.story;
    this.#socket = socket;
    this.#around = around;
    socket.setNoDelay(true);
    socket.on("data", (chunk: Uint8Array) => {
      this.story.tellBytes(`${name} received`, chunk);
      this.#pieces.push(chunk);
      this.#pending += chunk.length;
      this.#changes.tell();
    });
    socket.on("end", () => {
      this.#ended = true;
      this.#cutAt = performance.now();
      this.story.tell(`${name} received FIN`);
      this.#changes.tell();
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      this.#reset = error.code === "ECONNRESET" || error.code === "EPIPE";
      if (!this.#ended) this.#cutAt = performance.now();
      this.story.tell(`${name} received RST (${error.code})`);
      this.#changes.tell();
    });
    socket.on("close", () => {
      this.#closed = true;
      this.#changes.tell();
    });
  }

  /** Its own end of the connection, `"127.0.0.1:40512"`. */
  get address(): string {
    return `${this.#socket.localAddress}:${this.#socket.localPort}`;
  }

  /** How many bytes have been answered to this peer. */
  get receivedBytes(): number {
    return this.#taken + this.#pending;
  }

  /** Whether this peer can still be served. */
  get isOpen(): boolean {
    return !this.#closed && !this.#ended && !this.#reset;
  }

  /**
   * Hands bytes to the kernel, 64 KiB at most in one write.
   *
   * @returns Settles when the kernel has them or the connection is gone; need not be awaited
   * @throws {Verdict} When the other side reads no more, although this one does
   */
  send(bytes: Uint8Array | string): Promise<void> {
    return unwatched(this.#send(toBytes(bytes)));
  }

  async #send(data: Uint8Array): Promise<void> {
    this.sent.push(data);
    this.story.tellBytes(`${this.name} sent`, data);
    this.#unsent += data.length;
    for (let at = 0; at < data.length && !this.#closed; at += largestWrite) {
      let over = false;
      const piece = data.subarray(at, at + largestWrite);
      this.#socket.write(piece, () => {
        over = true;
        this.#unsent -= piece.length;
        this.#changes.tell();
      });
      for (
        let paused = this.#pausedMs;
        !await this.#until(() => over || this.#closed);
        paused = this.#pausedMs
      ) {
        // Whoever does not read, or did not until a moment ago, cannot expect to be read.
        if (this.#paused || this.#pausedMs > paused) continue;
        throw this.#verdict(
          "not-read",
          `It reads no more: after ${at} of ${data.length} bytes it took none within ${this.#waited}`,
        );
      }
    }
  }

  /** Sends several messages in one write, so that the other side finds them in one chunk. */
  async coalesce(messages: (Uint8Array | string)[]): Promise<void> {
    await this.send(Buffer.concat(messages.map(toBytes)));
  }

  /**
   * Sends bytes in small pieces, each only after the other side has read the one before.
   *
   * On Linux every piece arrives alone; elsewhere they may join, and the story says so. At some
   * milliseconds a piece, keep it below 200 pieces.
   *
   * @param size Bytes in a piece
   */
  async dribble(bytes: Uint8Array | string, size = 1): Promise<void> {
    const all = toBytes(bytes);
    let alone = true;
    for (let at = 0; at < all.length; at += size) {
      await this.send(all.subarray(at, at + size));
      alone = alone && await this.drained();
    }
    if (!alone) this.story.tell("(the pieces may have joined: nobody saw them being read)");
  }

  /**
   * Sends one byte after another and rests between them, as long as the other side does not end.
   *
   * @param everyMs How long it rests
   * @returns When the last one was sent, as performance.now() has it
   */
  async trickle(bytes: Uint8Array | string, everyMs: number): Promise<number> {
    let last = performance.now();
    for (const byte of toBytes(bytes)) {
      if (!this.isOpen) break;
      last = performance.now();
      await this.send(Uint8Array.of(byte));
      await this.#changes.until(() => !this.isOpen, everyMs);
    }
    return last;
  }

  /** Does nothing for a while: silence on an open connection is a fault of its own. */
  async stayQuiet(ms: number): Promise<void> {
    this.story.tell(`${this.name} was silent for ${ms} ms`);
    await setTimeout(ms);
  }

  /**
   * Waits until the other side has read all that was sent, so that the next piece arrives alone.
   *
   * @returns False where it did not, or where the system does not let one see that
   */
  async drained(): Promise<boolean> {
    if (!hasKernelTable) return false;
    const end = performance.now() + bound(answerMs);
    while (this.#queue() > 0) {
      if (performance.now() > end) return false;
      await setTimeout(1);
    }
    return true;
  }

  /** What has come and was not asked for yet. */
  get unread(): Uint8Array {
    return concat(this.#pieces, this.#pending);
  }

  /**
   * Waits until the other side has read all that was sent, or reads no more as long as this peer
   * does not read either.
   */
  async settled(): Promise<void> {
    const end = performance.now() + bound(10 * answerMs);
    let since = performance.now();
    let looks = 0;
    let last = "";
    // Time alone would not do: where many wait for a processor, this process may have slept as well.
    while (performance.now() - since < bound(settledMs) || looks < settledLooks) {
      if (this.#closed || performance.now() > end) return;
      const unread = this.#queue();
      if (this.#unsent === 0 && unread === 0) return;
      const now = `${this.#unsent} ${unread}`;
      looks++;
      // With nothing to read for the other side, it is this one that is slow.
      const moves = now !== last || (unread === 0 && hasKernelTable);
      if (moves) [since, looks] = [performance.now(), 0];
      last = now;
      await setTimeout(1);
    }
  }

  /**
   * How much of what the other side has sent is on its way to this peer, or was read by it already,
   * in bytes: for one that does not read, what the kernel holds. 0 where the system does not tell.
   */
  get handedOver(): number {
    const mine = kernelSocket(this.#ends());
    return (this.otherEnd()?.txQueue ?? 0) + (mine?.rxQueue ?? 0) + this.#socket.bytesRead;
  }

  /** The other side's socket as the kernel sees it; Linux only, and on this machine. */
  otherEnd(): KernelSocket | undefined {
    const { address, port, peerAddress, peerPort } = this.#ends();
    return kernelSocket({
      address: peerAddress,
      port: peerPort,
      peerAddress: address,
      peerPort: port,
    });
  }

  #ends(): Ends {
    const { localAddress = "", localPort = 0, remoteAddress = "", remotePort = 0 } = this.#socket;
    return {
      address: localAddress,
      port: localPort,
      peerAddress: remoteAddress,
      peerPort: remotePort,
    };
  }

  // Bytes that the kernel keeps for the other side.
  #queue(): number {
    return this.otherEnd()?.rxQueue ?? 0;
  }

  /**
   * Sends bytes, and FIN: this peer will send no more, but goes on reading.
   *
   * @returns As {@link send} does; need not be awaited
   */
  halfClose(bytes: Uint8Array | string = ""): Promise<void> {
    return unwatched(this.#halfClose(bytes));
  }

  async #halfClose(bytes: Uint8Array | string): Promise<void> {
    if (bytes.length > 0) await this.send(bytes);
    this.#halfClosed = true;
    this.story.tell(`${this.name} sent FIN (half-close)`);
    this.#socket.end();
  }

  /** Sends bytes and, once the other side has read them, RST; forgets the connection. */
  async reset(bytes: Uint8Array | string = ""): Promise<void> {
    if (bytes.length > 0) await this.send(bytes);
    await this.drained();
    this.story.tell(`${this.name} sent RST`);
    this.#socket.resetAndDestroy();
    await this.#until(() => this.#closed);
  }

  /** Sends RST at once, behind a FIN if one is on its way, whatever the other side has read. */
  async abort(): Promise<void> {
    if (this.#halfClosed && !this.#socket.writableFinished) await once(this.#socket, "finish");
    this.story.tell(`${this.name} sent RST`);
    this.#socket.resetAndDestroy();
    await this.#until(() => this.#closed);
  }

  /**
   * Looks whether the other side leaves this peer waiting, as it must.
   *
   * @param other Whose turn it is
   * @throws {Verdict} When it has sent something
   */
  async checkWaits(other: string): Promise<void> {
    await this.stayQuiet(turnMs);
    if (this.receivedBytes === 0) return;
    throw this.#verdict(
      "out-of-turn",
      `${this.name} was answered while it was ${other}'s turn: it serves several clients at once`,
    );
  }

  /** Stops reading until the end of the scope: the other side's bytes pile up in the kernel. */
  stopReading(): Disposable {
    this.#paused = true;
    const begun = performance.now();
    this.story.tell(`${this.name} stopped reading`);
    this.#socket.pause();
    return {
      [Symbol.dispose]: () => {
        this.#paused = false;
        this.#pausedMs += performance.now() - begun;
        this.story.tell(`${this.name} reads again`);
        this.#socket.resume();
      },
    };
  }

  /**
   * Waits for exactly these bytes; what comes after them is kept for the next call.
   *
   * @throws {Verdict} When other bytes, fewer bytes, FIN or RST come, or nothing in time
   */
  async receive(expected: Uint8Array | string): Promise<void> {
    const wanted = toBytes(expected);
    const over = () => this.#pending >= wanted.length || !this.isOpen;
    await this.#untilSilent(over);
    const { unread } = this;
    const at = firstDifference(wanted, unread.subarray(0, wanted.length));
    if (at >= 0) throw await this.#differs(wanted, unread, at);
    const got = this.#take(wanted.length);
    if (got.length < wanted.length) throw await this.#short(wanted.length, got.length);
  }

  /**
   * Waits for lines that end in LF; what comes after them is kept for the next call.
   *
   * @param expected Their texts without LF, or what they must match, in their order
   * @throws {Verdict} When other lines, fewer lines, FIN or RST come, or nothing in time
   */
  async receiveLines(expected: WantedLine[]): Promise<void> {
    const lines = () => new TextDecoder().decode(this.unread).split("\n").slice(0, -1);
    const fits = (line: string, wanted: WantedLine) =>
      typeof wanted === "string" ? line === wanted : wanted.test(line);
    const wrong = () =>
      lines().findIndex((line, i) => i < expected.length && !fits(line, expected[i]!));
    await this.#untilSilent(() =>
      lines().length >= expected.length || wrong() >= 0 || !this.isOpen
    );
    const got = lines().slice(0, expected.length);
    const at = wrong();
    if (at >= 0) throw await this.#wrongLine(got[at]!, expected, at, fits);
    this.#take(new TextEncoder().encode(got.map((line) => `${line}\n`).join("")).length);
    if (got.length === expected.length) return;
    throw await this.#short(expected.length, got.length, "line", quoted(expected[got.length]!));
  }

  /** Waits for everything up to the other side's FIN, whatever it is. */
  async receiveAll(): Promise<Uint8Array> {
    await this.#untilSilent(() => !this.isOpen);
    const all = this.#take(this.#pending);
    await this.receiveEnd();
    return all;
  }

  /**
   * Waits for the other side's FIN.
   *
   * @throws {Verdict} When bytes or RST come instead, or nothing in time
   */
  async receiveEnd(): Promise<void> {
    const over = () => this.#pending > 0 || !this.isOpen;
    await this.#until(over);
    if (this.#pending > 0) {
      const got = this.#take(this.#pending);
      throw this.#verdict("extra-bytes", `It sent ${count(got.length)} more than were wanted`);
    }
    if (this.#ended) return;
    await this.#around.checkAlive?.();
    if (this.#reset) {
      throw this.#verdict(
        "reset",
        "It reset the connection (RST) where an orderly end (FIN) was due",
      );
    }
    const after = this.#halfClosed ? `${this.name}'s own FIN` : "its last byte";
    throw this.#verdict(
      "no-fin",
      `It sent everything, but no FIN within ${this.#waited} of ${after}`,
    );
  }

  /**
   * Sends FIN, if it has not yet, and waits until the connection is over: the other side's end, which
   * has come, may still turn into a reset as long as this side goes on.
   *
   * @throws {Verdict} When it does
   */
  async finish(): Promise<void> {
    // Behind the other side's end a socket hears of a reset only by writing; the kernel has forgotten
    // the connection.
    const isForgotten = hasKernelTable && this.#ended && !this.#halfClosed && !this.#closed &&
      !kernelSocket(this.#ends());
    if (!this.#halfClosed && !this.#closed) await this.halfClose();
    await this.#until(() => this.#closed);
    if (!this.#reset && !isForgotten) return;
    await this.#around.checkAlive?.();
    throw this.#verdict(
      "reset",
      `It reset the connection (RST) behind its own end, while ${this.name} had not ended`,
    );
  }

  /**
   * Waits until the other side gives this peer up, by FIN or RST, whatever it sends before.
   *
   * @throws {Verdict} When that is too early, or does not happen in time
   */
  async receiveCut(limit: CutLimit): Promise<void> {
    const { since, sinceWhat, earliestMs, latestMs = earliestMs } = limit;
    const leftMs = since + latestMs - performance.now();
    const lateBy = bound(lateMs);
    await this.#changes.until(() => !this.isOpen, Math.max(0, leftMs) + lateBy);
    const after = Math.round((this.isOpen ? performance.now() : this.#cutAt) - since);
    await this.#around.checkAlive?.();
    if (this.isOpen) {
      throw this.#verdict(
        "not-cut",
        `It still held ${this.name}'s connection ${after} ms after ${sinceWhat}, where ${latestMs} ms are the limit`,
      );
    }
    if (after >= earliestMs - earlyMs) return;
    throw this.#verdict(
      "cut-early",
      `It gave ${this.name} up ${after} ms after ${sinceWhat}, wanted not before ${earliestMs} ms`,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.#until(() => this.#closed);
  }

  async #until(holds: () => boolean): Promise<boolean> {
    const ms = bound(answerMs);
    this.#waited = seconds(ms);
    return await this.#changes.until(holds, ms);
  }

  // The bound is for silence: as long as bytes come, the other side is at work.
  async #untilSilent(over: () => boolean): Promise<void> {
    for (let seen = -1; !over() && seen !== this.#pending;) {
      seen = this.#pending;
      await this.#until(() => over() || this.#pending > seen);
    }
  }

  #take(count: number): Uint8Array {
    const all = this.unread;
    const got = all.subarray(0, count);
    this.#pieces = [all.subarray(got.length)];
    this.#pending -= got.length;
    this.#taken += got.length;
    return got;
  }

  async #differs(wanted: Uint8Array, got: Uint8Array, at: number): Promise<Verdict> {
    await this.#around.checkAlive?.();
    const owner = this.#around.sentByAnother?.(got.subarray(at, at + 16));
    if (owner) {
      return this.#verdict("mixed", `${this.name} received bytes that ${owner} had sent`);
    }
    const { diagnosis, sentence } = explainDifference(wanted, got, at);
    const picture = hexDifference(wanted, got, at);
    return new Verdict(diagnosis, sentence, { story: this.story, picture });
  }

  async #wrongLine(
    line: string,
    expected: WantedLine[],
    at: number,
    fits: (line: string, wanted: WantedLine) => boolean,
  ): Promise<Verdict> {
    await this.#around.checkAlive?.();
    const wanted = expected[at]!;
    if (expected.slice(at + 1).some((later) => fits(line, later))) {
      return this.#verdict(
        "reordered",
        `It sent ${quoted(line)} before ${quoted(wanted)}, which was asked for first`,
      );
    }
    return this.#verdict(
      "bytes-differ",
      `Its line ${at + 1} was ${quoted(line)}, wanted ${quoted(wanted)}`,
    );
  }

  async #short(wanted: number, got: number, unit = "byte", next = ""): Promise<Verdict> {
    await this.#around.checkAlive?.();
    const all = `${wanted} ${unit}${wanted === 1 ? "" : "s"}`;
    const due = next || all;
    const share = `${got} of ${all}`;
    if (this.#reset && !this.#ended) {
      return this.#verdict("reset", `It reset the connection (RST) after ${share}`);
    }
    if (this.#ended && this.#halfClosed) {
      return this.#verdict(
        "half-close-ignored",
        `It ended after ${share}: ${this.name}'s FIN only says that ${this.name} sends no more`,
      );
    }
    if (this.#ended) return this.#verdict("fin-too-early", `It ended (FIN) after ${share}`);
    if (this.#pausedMs > 0) {
      return this.#verdict(
        "stalled",
        `It stopped after ${share}: when the reader paused, it did not go on afterwards`,
      );
    }
    // Of an echo, what is missing are the bytes that were sent there.
    const missing = Buffer.concat(this.sent).subarray(got, got + 8);
    const thief = this.#around.receivedByAnother?.(missing);
    if (thief) {
      return this.#verdict("mixed", `${thief} received bytes that ${this.name} had sent`);
    }
    const other = got === 0 ? this.#around.servedMeanwhile?.() : undefined;
    if (other) {
      return this.#verdict(
        "starved",
        `${this.name} got no answer within ${this.#waited} while ${other} was connected`,
      );
    }
    if (this.receivedBytes === 0) {
      return this.#verdict(
        "sent-nothing",
        `It accepted the connection and sent nothing within ${this.#waited} (wanted ${due})`,
      );
    }
    if (got === 0) {
      return this.#verdict(
        "stopped-short",
        `It answered once, and then sent nothing within ${this.#waited} (wanted ${due})`,
      );
    }
    return this.#verdict(
      "stopped-short",
      `It sent ${share}, then nothing more within ${this.#waited}${next && ` (wanted ${next})`}`,
    );
  }

  #verdict(diagnosis: Diagnosis, sentence: string): Verdict {
    return new Verdict(diagnosis, sentence, { story: this.story });
  }
}

function quoted(line: WantedLine): string {
  if (typeof line !== "string") return String(line);
  return JSON.stringify(line.length > 60 ? `${line.slice(0, 57)}...` : line);
}

/** A promise whose rejection need not be seen. */
function unwatched(promise: Promise<void>): Promise<void> {
  promise.catch(() => {});
  return promise;
}

function concat(pieces: Uint8Array[], length: number): Uint8Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
