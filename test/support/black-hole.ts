/**
 * An address that does not answer: a listener whose queue is full. Linux only, where a SYN that finds
 * the queue full is dropped without a word (listen(2), tcp(7)).
 *
 * @module
 */
import timers from "node:timers/promises";
import { AF_INET, SOCK_STREAM, type Socket, socket } from "#berkeley/socket.ts";
import type { Calls } from "./calls.ts";
import { answerMs, bound, seconds } from "./deadline.ts";
import { holdsOpen, kernelSockets } from "./proc-net.ts";
import { Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** How often one looks whether somebody calls, after whom nobody calls any more, 1 ms apart. */
const looks = 10;

/** Whoever connects to it waits. */
export class BlackHole implements Disposable {
  readonly address: string;
  readonly port: number;
  readonly #calls: Calls;
  readonly #sockets: Socket[] = [];

  /**
   * Listens, and fills its own queue, in which there is room for one.
   *
   * @param address One of 127.0.0.0/8
   * @param port The port of another server of the test; any free one unless told, and then at an
   * address of its own: other tests have theirs at this moment, too
   */
  constructor(calls: Calls, address: string, port = 0) {
    const listener = socket(AF_INET, SOCK_STREAM);
    const filler = socket(AF_INET, SOCK_STREAM);
    this.#sockets.push(listener, filler);
    listener.bind([address, port]);
    listener.listen(0);
    this.address = address;
    [, this.port] = listener.getsockname();
    filler.connect([address, this.port]);
    this.#calls = calls;
    calls.story.tell(`${address} answers nobody`);
  }

  /** How many sockets of this process wait for its answer. */
  callers(): number {
    return kernelSockets().filter(({ peerAddress, peerPort, state, inode }) =>
      peerAddress === this.address && peerPort === this.port && state === "SYN-SENT" &&
      holdsOpen(inode)
    ).length;
  }

  /**
   * Waits until somebody has called it.
   *
   * @param name Who must, `connect()`
   * @param why Why it is its turn
   * @throws {Verdict} When nobody does
   */
  async isCalled(name: string, why: string): Promise<void> {
    if (await this.#until(() => this.callers() > 0)) {
      this.#calls.story.tell(`${name} called ${this.address}`);
      return;
    }
    throw this.#verdict("wrong-turn", `${name} has not called ${this.address}, although ${why}`);
  }

  /**
   * Looks whether nobody calls it, now and a moment later.
   *
   * @throws {Verdict} When somebody does
   */
  async isNotCalled(name: string, why: string): Promise<void> {
    for (let look = 0; look < looks && this.callers() === 0; look++) await setTimeout(1);
    if (this.callers() === 0) return;
    throw this.#verdict("wrong-turn", `${name} has called ${this.address}, although ${why}`);
  }

  /**
   * Waits until nobody calls it any more.
   *
   * @param how How the call has ended, `"failed"`
   * @throws {Verdict} When a socket still does
   */
  async isLeftAlone(name: string, how: "returned" | "failed"): Promise<void> {
    if (await this.#until(() => this.callers() === 0)) return;
    const ms = seconds(bound(answerMs));
    throw this.#verdict(
      "left-open",
      `${name} had ${how}, and a socket of it still called ${this.address} ${ms} later`,
    );
  }

  async #until(holds: () => boolean): Promise<boolean> {
    const end = performance.now() + bound(answerMs);
    for (;;) {
      if (holds()) return true;
      if (performance.now() > end) return false;
      await setTimeout(1);
    }
  }

  #verdict(diagnosis: "wrong-turn" | "left-open", sentence: string): Verdict {
    return new Verdict(diagnosis, sentence, { story: this.#calls.story });
  }

  [Symbol.dispose](): void {
    for (const it of this.#sockets) it.close();
  }
}
