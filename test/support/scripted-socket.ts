/**
 * A socket in the hands of a test: what recv() gives and what send() takes is written down before.
 *
 * @module
 */
import { count, describeBytes } from "./hex.ts";
import type { Story } from "./story.ts";
import { type Diagnosis, Verdict } from "./verdict.ts";

/** What happens at a scripted socket. */
export interface Script {
  /** what comes, piece by piece; an error is thrown by recv() in its place */
  pieces?: (Uint8Array | Error)[];
  /** whether the peer sends FIN behind them; it says nothing more unless told */
  ends?: boolean;
  /** what send() is to be offered, all in all */
  sends?: Uint8Array;
  /** how many bytes send() takes at each call; after them, and unless told, all */
  takes?: (number | Error)[];
}

/** So many calls that lead nowhere are no accident. */
const enough = 100;

/** A socket for functions that call recv() and send(). */
export class ScriptedSocket {
  readonly #name: string;
  readonly #story: Story;
  readonly #pieces: (Uint8Array | Error)[];
  readonly #ends: boolean;
  readonly #takes: (number | Error)[];
  readonly #wanted: Uint8Array;
  /** how much was taken at each call of send() */
  readonly #taken: number[] = [];
  /** the memory that it was offered */
  readonly #memory = new Set<ArrayBufferLike>();
  #sent = 0;
  #threw: Error | undefined;
  #given = 0;
  #receives = 0;
  #empty = 0;

  /** @param name How the story calls the function that is given this socket, `readAll()` */
  constructor(name: string, story: Story, script: Script) {
    this.#name = name;
    this.#story = story;
    this.#pieces = [...script.pieces ?? []];
    this.#ends = script.ends ?? false;
    this.#takes = [...script.takes ?? []];
    this.#wanted = script.sends ?? new Uint8Array();
  }

  /**
   * Looks how much recv() has given so far.
   *
   * @throws {Verdict} When it was asked for more than wanted: the rest is another reader's
   */
  checkTook(wanted: number): void {
    const more = this.#given - wanted;
    if (more <= 0) return;
    throw this.#refuse(
      "lost-bytes",
      `${this.#name} took ${count(more)} too many from the socket: whoever reads next misses them`,
    );
  }

  /**
   * Looks how often recv() was called.
   *
   * @throws {Verdict} When more often than it takes
   */
  checkReceives(most: number): void {
    if (this.#receives <= most) return;
    throw this.#refuse(
      "too-many-calls",
      `${this.#name} called recv() ${this.#receives} times for ${count(this.#given)} ` +
        "that were all there",
    );
  }

  /** As recv(2): some bytes, at most so many; none at the end, or when asked for none. */
  recv(bufsize: number, _flags: number = 0): Uint8Array {
    checkSize(bufsize);
    this.#receives++;
    const [piece] = this.#pieces;
    if (bufsize === 0 || piece === undefined) return this.#nothing(bufsize);
    if (piece instanceof Error) {
      this.#pieces.shift();
      this.#threw = piece;
      this.#story.tell(`recv(${bufsize}) threw ${piece}`);
      throw piece;
    }
    const got = piece.slice(0, bufsize);
    if (got.length === piece.length) this.#pieces.shift();
    else this.#pieces[0] = piece.subarray(got.length);
    this.#given += got.length;
    this.#story.tell(`recv(${bufsize}) gave ${describeBytes(got)}`);
    return got;
  }

  #nothing(bufsize: number): Uint8Array {
    const atTheEnd = bufsize > 0 && this.#pieces.length === 0;
    if (atTheEnd && !this.#ends) {
      this.#story.tell(`recv(${bufsize}) waits: the peer is silent`);
      if (this.#threw) {
        throw this.#refuse(
          "waits-for-ever",
          `${this.#name} called recv() again after its ${this.#threw.name}, of which nobody hears`,
        );
      }
      throw this.#refuse(
        "waits-for-ever",
        `${this.#name} called recv() after all ${this.#given} bytes that its peer had to send: ` +
          "a real one waits there for ever",
      );
    }
    const why = atTheEnd ? "the end" : "it was asked for nothing";
    if (this.#empty < 3) this.#story.tell(`recv(${bufsize}) gave 0 bytes (${why})`);
    if (++this.#empty < enough) return new Uint8Array();
    throw this.#refuse(
      "waits-for-ever",
      atTheEnd
        ? `${this.#name} called recv() ${enough} times after the end, which gives 0 bytes each time`
        : `${this.#name} called recv(0) ${enough} times, which gives 0 bytes each time`,
    );
  }

  /**
   * As send(2): takes some of the bytes, and says how many.
   *
   * @throws {Verdict} When they are not those that are to be sent now
   */
  send(bytes: Uint8Array, _flags: number = 0): number {
    const next = this.#takes.shift() ?? Infinity;
    if (next instanceof Error) {
      this.#story.tell(`send(${count(bytes.length)}) threw ${next}`);
      throw next;
    }
    const taken = Math.min(next, bytes.length);
    this.#story.tell(`send(${describeBytes(bytes, 12)}) took ${taken}`);
    this.#checkOffer(bytes);
    this.#memory.add(bytes.buffer);
    this.#taken.push(taken);
    this.#sent += taken;
    this.#empty = bytes.length === 0 ? this.#empty + 1 : 0;
    if (this.#empty < enough) return taken;
    throw this.#refuse("waits-for-ever", `${this.#name} called send() ${enough} times for 0 bytes`);
  }

  #checkOffer(bytes: Uint8Array): void {
    const [wanted, sent] = [this.#wanted, this.#sent];
    if (bytes.length === 0 || starts(wanted.subarray(sent), bytes)) return;
    const after = `after ${sent} of ${count(wanted.length)} had been taken`;
    if (starts(wanted, bytes)) {
      throw this.#refuse("extra-bytes", `${this.#name} began again with the first byte ${after}`);
    }
    const at = Buffer.from(wanted).indexOf(bytes);
    if (at > sent) {
      throw this.#refuse("lost-bytes", `${this.#name} went on with byte ${at} ${after}`);
    }
    throw at >= 0
      ? this.#refuse("extra-bytes", `${this.#name} went back to byte ${at} ${after}`)
      : this.#refuse(
        "bytes-differ",
        `${this.#name} offered other bytes than it was given ${after}`,
      );
  }

  /**
   * Looks whether all was taken that is to be sent.
   *
   * @throws {Verdict} When bytes are missing
   */
  checkSent(): void {
    const [sent, all] = [this.#sent, this.#wanted.length];
    if (sent === all) return;
    const calls = this.#taken.length;
    const times = ["never", "once", "twice"][calls] ?? `${calls} times`;
    const why = sent > 0 && this.#taken.at(-1) === 0
      ? "it stopped when send() took 0 bytes"
      : `it called send() ${times}, and let go of what that did not take`;
    throw this.#refuse("part", `${this.#name} sent ${sent} of ${count(all)}: ${why}`);
  }

  /**
   * Looks whether the memory that send() was offered was always the same.
   *
   * @throws {Verdict} When the rest was copied for each call
   */
  checkNoCopies(): void {
    // One copy at the beginning is no matter.
    if (this.#memory.size <= 2) return;
    throw this.#refuse(
      "copies",
      `${this.#name} copied the rest for each call of send(), ${this.#taken.length} in all`,
    );
  }

  #refuse(diagnosis: Diagnosis, sentence: string): Verdict {
    return new Verdict(diagnosis, sentence, { story: this.#story });
  }
}

function checkSize(bufsize: number): void {
  if (Number.isInteger(bufsize) && bufsize >= 0) return;
  throw new RangeError(`recv() takes a number of bytes, got ${bufsize}`);
}

function starts(all: Uint8Array, part: Uint8Array): boolean {
  return part.length <= all.length &&
    Buffer.compare(all.subarray(0, part.length), part) === 0;
}
