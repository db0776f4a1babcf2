/**
 * A module exercise: its functions are called, with the harness at the other end of the wire.
 *
 * @module
 */
import { once } from "node:events";
import net from "node:net";
import { setTimeout } from "node:timers/promises";
import { notWritten } from "../../course/answers/stub.ts";
import { answerMs, bound, late, seconds, within } from "./deadline.ts";
import { describeBytes, firstDifference, hexDifference } from "./hex.ts";
import { Peer } from "./peer.ts";
import { holdsOpen } from "./proc-net.ts";
import { Story } from "./story.ts";
import { strayError } from "./stray.ts";
import { Verdict } from "./verdict.ts";

/** What earlier calls in this process had to give: an answer may have kept it. */
const earlier: Uint8Array[] = [];

/** Calls to the learner's functions, told as one story. */
export class Calls {
  readonly story: Story = new Story();
  readonly #servers: Peer[] = [];
  readonly #inodes: string[] = [];
  readonly #mishap = Promise.withResolvers<{ verdict: unknown }>();

  /**
   * Opens a server that plays one part for every connection.
   *
   * @param play What it does with a client; what it has to refuse becomes the verdict on the call
   */
  async serve(play: (server: Peer) => Promise<void>): Promise<StageServer> {
    return await StageServer.open(this.story, async (server) => {
      this.#servers.push(server);
      const inode = server.otherEnd()?.inode;
      if (inode) this.#inodes.push(inode);
      try {
        await play(server);
      } catch (verdict) {
        this.#mishap.resolve({ verdict });
      }
    });
  }

  /**
   * Waits for a call and compares the bytes that it gives.
   *
   * @param name How the story calls the call, `requestReply()`
   * @throws {Verdict} When it throws, gives a part, gives other bytes or never settles
   */
  async returns(name: string, call: () => Promise<Uint8Array>, wanted: Uint8Array): Promise<void> {
    const outcome = await this.#settle(name, call, "return");
    if ("error" in outcome) throw this.#threw(name, outcome.error);
    const got = outcome.value;
    if (!(got instanceof Uint8Array)) {
      throw this.#verdict("wrong-value", `${name} gave ${typeof got}, not a Uint8Array`);
    }
    this.story.tell(`${name} gave ${describeBytes(got)}`);
    const at = firstDifference(wanted, got);
    const older = earlier.find((reply) => firstDifference(got, reply) < 0);
    if (at >= 0 && older) {
      throw this.#verdict(
        "mixed",
        `${name} gave the ${older.length} bytes of an earlier call before its own`,
      );
    }
    if (wanted.length > 0) earlier.push(Uint8Array.from(wanted));
    if (at === wanted.length) {
      throw this.#verdict(
        "wrong-value",
        `${name} gave ${got.length} bytes, ${got.length - wanted.length} more than were sent`,
      );
    }
    if (at >= 0) {
      const picture = hexDifference(wanted, got, at);
      throw new Verdict(
        "wrong-value",
        `${name} gave other bytes than were sent, from offset ${at} on`,
        { story: this.story, picture },
      );
    }
    if (got.length < wanted.length) {
      throw this.#verdict(
        "part",
        `${name} gave ${got.length} of ${wanted.length} bytes${this.#where(got.length)}`,
      );
    }
  }

  /**
   * Looks at bytes that were handed out earlier.
   *
   * @throws {Verdict} When they are no longer what they were
   */
  unchanged(name: string, got: Uint8Array, wanted: Uint8Array): void {
    const at = firstDifference(wanted, got);
    if (at < 0) return;
    throw new Verdict(
      "changed-message",
      `${name} changed after it was handed out: its memory was used again`,
      { story: this.story, picture: hexDifference(wanted, got, at) },
    );
  }

  /**
   * Waits for a call that has to fail.
   *
   * @param why What makes it fail, `the connection was reset`
   * @throws {Verdict} When it succeeds or never settles
   */
  async fails(name: string, call: () => Promise<unknown>, why: string): Promise<void> {
    const outcome = await this.#settle(name, call, "fail");
    if ("error" in outcome) {
      if (isNotWritten(outcome.error)) throw this.#threw(name, outcome.error);
      if (!(outcome.error instanceof Error)) {
        throw this.#verdict(
          "should-fail",
          `${name} failed with ${outcome.error}, not with an Error`,
        );
      }
      this.story.tell(`${name} failed: ${outcome.error.message || outcome.error}`);
      return;
    }
    const { value } = outcome;
    const gave = value instanceof Uint8Array ? describeBytes(value, 12) : String(value);
    throw this.#verdict("should-fail", `${name} gave ${gave} as if all were well, although ${why}`);
  }

  /**
   * Waits until this process holds none of its ends of the connections that were served; Linux only.
   *
   * @param how How the call has ended, `failed`
   * @throws {Verdict} When it keeps one
   */
  async leavesNothingOpen(name: string, how: "returned" | "failed"): Promise<void> {
    const ms = bound(answerMs);
    const end = performance.now() + ms;
    const open = () => this.#inodes.some(holdsOpen);
    while (open() && performance.now() < end) await setTimeout(5);
    if (!open()) return;
    throw this.#verdict(
      "left-open",
      `${name} had ${how}, and its socket was still open ${seconds(ms)} later`,
    );
  }

  // Whether a count of bytes is that of the first pieces that a server had sent.
  #where(bytes: number): string {
    for (const { sent } of this.#servers) {
      let sum = 0;
      const k = sent.findIndex((piece) => (sum += piece.length) === bytes);
      if (k === 0) return ", the first piece alone";
      if (k > 0) return `, those that had come when the server paused`;
    }
    return "";
  }

  async #settle<T>(
    name: string,
    call: () => Promise<T>,
    wanted: string,
  ): Promise<{ value: T } | { error: unknown }> {
    this.story.tell(`${name} was called`);
    const ms = bound(answerMs);
    // The bound is for silence: as long as the story goes on, there is work to be done.
    const promise = (async () => ({ value: await call() }))().catch((error) => ({ error }));
    for (let steps = -1; steps !== this.story.lines().join().length;) {
      steps = this.story.lines().join().length;
      const outcome = await within(ms, Promise.race([promise, this.#mishap.promise, strayError()]));
      if (outcome === late) continue;
      if ("stray" in outcome) {
        throw this.#verdict(
          "threw",
          `${name} threw where no caller could catch it: ${outcome.stray}`,
        );
      }
      if ("verdict" in outcome) throw outcome.verdict;
      return outcome;
    }
    throw this.#verdict(
      "never-settled",
      `${name} did not ${wanted} within ${seconds(ms)}: its promise is still pending`,
    );
  }

  #threw(name: string, error: unknown): Verdict {
    if (isNotWritten(error)) {
      return this.#verdict(
        "not-written",
        `${name} is not written yet: it throws where its TODO stands`,
      );
    }
    return this.#verdict("threw", `${name} failed: ${error}${whereThrown(error)}`);
  }

  #verdict(diagnosis: ConstructorParameters<typeof Verdict>[0], sentence: string): Verdict {
    return new Verdict(diagnosis, sentence, { story: this.story });
  }
}

// The first place in the stack that is the answer's own.
function whereThrown(error: unknown): string {
  const stack = error instanceof Error ? error.stack ?? "" : "";
  const line = stack.split("\n").find((line) => /(?:exercises|solutions|answers)\//.test(line));
  const place = /([\w.-]+\.ts):(\d+)/.exec(line ?? "");
  return place ? ` (${place[1]}, line ${place[2]})` : "";
}

function isNotWritten(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith(notWritten);
}

/** A server in the hands of a test, on a free port of 127.0.0.1. */
export class StageServer implements AsyncDisposable {
  readonly #server: net.Server;
  readonly #peers: Peer[] = [];

  private constructor(server: net.Server) {
    this.#server = server;
  }

  /**
   * Listens and plays one part for every connection, see {@link Calls.serve}.
   */
  static async open(story: Story, play: (server: Peer) => Promise<void>): Promise<StageServer> {
    const server = net.createServer({ allowHalfOpen: true });
    const stage = new StageServer(server);
    server.on("connection", (socket) => {
      story.tell("the server accepted a connection");
      const peer = new Peer("the server", socket, { story });
      stage.#peers.push(peer);
      void play(peer);
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return stage;
  }

  /** The port to connect to. */
  get port(): number {
    return (this.#server.address() as net.AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const peer of this.#peers) await peer[Symbol.asyncDispose]();
    this.#server.close();
  }
}
