/**
 * Wrong, own: forgets, when its time is over, the timer for the next address.
 *
 * Says: "its 200 ms were over before attemptMs"
 *
 * @module
 */
import { lookup as systemLookup } from "node:dns/promises";
import * as net from "node:net";
import type { Socket } from "node:net";

export type Reason = "refused" | "timed out" | "unreachable" | "not found" | "failed";

export interface Attempt {
  address: string;
  reason: Reason;
  code: string;
}

export class ConnectError extends Error {
  override name = "ConnectError";
  readonly reason: Reason;
  readonly attempts: Attempt[];

  constructor(message: string, { reason, attempts }: { reason: Reason; attempts: Attempt[] }) {
    super(message);
    this.reason = reason;
    this.attempts = attempts;
  }
}

export interface Clock {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(timer: unknown): void;
}

export interface ConnectOptions {
  host: string;
  port: number;
  timeoutMs: number;
  attemptMs?: number;
  signal?: AbortSignal;
  lookup?: (host: string) => Promise<string[]>;
  clock?: Clock;
}

const realClock: Clock = {
  setTimeout: (callback, ms) => setTimeout(callback, ms),
  clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

async function addressesOf(host: string): Promise<string[]> {
  return (await systemLookup(host, { all: true })).map(({ address }) => address);
}

export async function connect(options: ConnectOptions): Promise<Socket> {
  const { timeoutMs, attemptMs = 250, signal, clock = realClock } = options;
  const { host, port, lookup = addressesOf } = options;
  signal?.throwIfAborted();

  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const attempts: Attempt[] = [];
  const open = new Set<Socket>();
  let addresses: string[] = [];
  let turn: unknown;

  const giveUp = () => reject(failure(options, attempts));
  const callOff = () => reject(signal!.reason);
  const limit = clock.setTimeout(giveUp, timeoutMs);
  signal?.addEventListener("abort", callOff);

  const tryNext = () => {
    clock.clearTimeout(turn);
    const [address, ...rest] = addresses;
    addresses = rest;
    if ((address === undefined && open.size > 0)) return;
    if (address === undefined) return giveUp();
    const attempt: Attempt = { address, reason: "timed out", code: "ETIMEDOUT" };
    attempts.push(attempt);
    const socket = net.connect({ host: address, port });
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
  lookup(host).then(begin, (error) => reject(failure(options, [], explain(error).reason, error)));

  try {
    const winner = await promise;
    open.delete(winner);
    winner.removeAllListeners("error"); // ours: nobody else has had it in hands
    return winner;
  } finally {
    clock.clearTimeout(limit);
    signal?.removeEventListener("abort", callOff);
    for (const socket of open) socket.destroy();
  }
}

const reasons: Record<string, Reason> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed out",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENOTFOUND: "not found",
};

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
