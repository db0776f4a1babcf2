/**
 * A connection within a limit of time, or the reason why there is none.
 *
 * @module
 */
import { lookup as systemLookup } from "node:dns/promises";
// #region cut
import * as net from "node:net";
// #endregion
import type { Socket } from "node:net";

/**
 * Why one address, or all of them, gave no connection.
 *
 * | reason | what happened | `code` of the error |
 * | --- | --- | --- |
 * | refused | somebody answered: nobody listens there | ECONNREFUSED |
 * | timed out | nobody has answered so far, or the kernel has given up | ETIMEDOUT, or none yet |
 * | unreachable | there is no way there | ENETUNREACH, EHOSTUNREACH |
 * | not found | the name has no address | ENOTFOUND |
 * | failed | anything else | any other |
 */
export type Reason = "refused" | "timed out" | "unreachable" | "not found" | "failed";

/** An address that was tried, and gave no connection. */
export interface Attempt {
  /** without the port, `"127.0.0.1"` or `"::1"` */
  address: string;
  /** "timed out" as long as there is no answer */
  reason: Reason;
  /** the error's own, "ETIMEDOUT" when there was no answer, anything when the error has none */
  code: string;
}

/** Why there is no connection. */
export class ConnectError extends Error {
  /** "ConnectError" */
  override name = "ConnectError";
  /** in one word; see {@link connect} for which, when several addresses were tried */
  readonly reason: Reason;
  /** the addresses that were tried, in the order in which they were; none when it did not come to that */
  readonly attempts: Attempt[];

  /**
   * Says why.
   *
   * @param message The same for people
   * @param details What is known for programs
   */
  constructor(message: string, details: { reason: Reason; attempts: Attempt[] }) {
    super(message);
    this.reason = details.reason;
    this.attempts = details.attempts;
  }
}

/** Whatever can call back after a time: a test has one of its own, on which no time is lost. */
export interface Clock {
  /**
   * Calls back once.
   *
   * @param callback What to call
   * @param ms After so many milliseconds
   * @returns What clearTimeout() takes
   */
  setTimeout(callback: () => void, ms: number): unknown;
  /**
   * Forgets a timer; nothing happens when it has called back already.
   *
   * @param timer What setTimeout() gave
   */
  clearTimeout(timer: unknown): void;
}

/** What {@link connect} is told. */
export interface ConnectOptions {
  /** a name or an address */
  host: string;
  /** 1 to 65535 */
  port: number;
  /** how long all of it may take: the lookup, and every address */
  timeoutMs: number;
  /** how long an address may be silent before the next one is tried; 250 unless told */
  attemptMs?: number;
  /** calls it off */
  signal?: AbortSignal;
  /**
   * Finds all addresses of the host, in the order in which they are to be tried; the system does
   * unless told.
   *
   * @param host What `host` says
   */
  lookup?: (host: string) => Promise<string[]>;
  /** the real one unless told; there is no other time than this one's */
  clock?: Clock;
}

const realClock: Clock = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

async function addressesOf(host: string): Promise<string[]> {
  return (await systemLookup(host, { all: true })).map(({ address }) => address);
}

/**
 * Connects to a host.
 *
 * - The addresses are tried in their order. The next one's turn comes as soon as the one before has
 *   failed, or has been silent for `attemptMs`, and never earlier; a silent one may be given up then,
 *   or still answer. There is nobody to wait for behind the last one: it has the rest of the time.
 * - When `timeoutMs` are over, it fails, whatever it was waiting for.
 * - When `signal` aborts, it fails at once with the signal's reason, whatever that is, and with
 *   nothing around it; so it does when the signal has aborted before, and then nobody is asked or
 *   called.
 * - Once it is over, however it ended, it has left nothing: no other socket, no timer, no listener on
 *   the signal or on the socket that it gave, and nobody is called any more. What the signal does then
 *   is none of the socket's business.
 *
 * @param options Where to, and how long it may take
 * @returns A socket that is connected, and the caller's alone
 * @throws {ConnectError} When there is no connection. Its `reason` is that of the address that came
 * farthest: refused before timed out before unreachable before failed. With no address tried, it is
 * that of the lookup ("not found" also when it gave no addresses), or "timed out". Its message names the
 * host and the port, and each address that was tried together with its code
 * @throws The signal's reason
 */
export async function connect(options: ConnectOptions): Promise<Socket> {
  // #region todo Look the host up, try its addresses, and clear away what is left
  const { timeoutMs, attemptMs = 250, signal, clock = realClock } = options;
  const { host, port, lookup = addressesOf } = options;
  signal?.throwIfAborted();

  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const attempts: Attempt[] = [];
  const open = new Set<Socket>();
  let addresses: string[] = [];
  let turn: unknown;
  let over = false;

  const giveUp = () => reject(failure(options, attempts));
  const callOff = () => reject(signal!.reason);
  const limit = clock.setTimeout(giveUp, timeoutMs);
  signal?.addEventListener("abort", callOff);

  const tryNext = (): void => {
    clock.clearTimeout(turn);
    const [address, ...rest] = addresses;
    addresses = rest;
    if (over || (address === undefined && open.size > 0)) return;
    if (address === undefined) return giveUp();
    // Until it answers, silence is all that can be said of it.
    const attempt: Attempt = { address, reason: "timed out", code: "ETIMEDOUT" };
    attempts.push(attempt);
    let socket: Socket;
    try {
      socket = net.connect({ host: address, port });
    } catch (error) {
      // A port that is none: this is thrown, and not an event.
      Object.assign(attempt, explain(error));
      return tryNext();
    }
    open.add(socket);
    socket.once("connect", () => resolve(socket));
    socket.once("error", (error) => {
      open.delete(socket);
      Object.assign(attempt, explain(error));
      const isNewest = attempt === attempts.at(-1);
      if (isNewest || open.size === 0) tryNext();
    });
    if (rest.length > 0) turn = clock.setTimeout(tryNext, attemptMs);
  };

  const begin = (found: string[]) => {
    addresses = found;
    if (found.length === 0) reject(failure(options, [], "not found"));
    else tryNext();
  };
  const notFound = (error: Error) => reject(failure(options, [], explain(error).reason, error));

  try {
    lookup(host).then(begin, notFound);
    const winner = await promise;
    open.delete(winner);
    winner.removeAllListeners("error"); // ours: nobody else has had it in hands
    return winner;
  } finally {
    over = true; // a lookup may still answer
    clock.clearTimeout(limit);
    clock.clearTimeout(turn);
    signal?.removeEventListener("abort", callOff);
    for (const socket of open) socket.destroy();
  }
  // #endregion
}

// #region cut
const reasons: Record<string, Reason> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed out",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENOTFOUND: "not found",
};

/** An answer tells more than silence, and silence more than an error of this machine's own. */
const byDistance: Reason[] = ["refused", "timed out", "unreachable", "failed"];

function explain(error: unknown): { reason: Reason; code: string } {
  const { code = "no code" } = error as NodeJS.ErrnoException;
  return { reason: reasons[code] ?? "failed", code };
}

function failure(
  { host, port }: ConnectOptions,
  attempts: Attempt[],
  reason = byDistance.find((it) => attempts.some((attempt) => attempt.reason === it)),
  error?: Error,
): ConnectError {
  const tried = attempts.map(({ address, reason, code }) => {
    const at = net.isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
    return `${at} ${reason} (${code})`;
  });
  const why = tried.join(", ") || error?.message || (reason ?? "timed out while looking it up");
  return new ConnectError(`No connection to ${host}, port ${port}: ${why}`, {
    reason: reason ?? "timed out",
    attempts,
  });
}
// #endregion
