/**
 * Wrong, own: fails with an error of its own when it is called off, and drops the reason.
 *
 * Says: "connect() failed: Error: 127.0.0.2"
 * Says: "(its signal aborted)"
 *
 * @module
 */
import { once } from "node:events";
import { lookup as systemLookup } from "node:dns/promises";
import { connect as dial, type Socket } from "node:net";

interface Attempt {
  address: string;
  reason: string;
  code: string;
}

export class ConnectError extends Error {
  readonly reason: string;
  readonly attempts: Attempt[];

  constructor(message: string, { reason, attempts }: { reason: string; attempts: Attempt[] }) {
    super(message);
    this.reason = reason;
    this.attempts = attempts;
  }
}

export interface ConnectOptions {
  host: string;
  port: number;
  timeoutMs: number;
  attemptMs?: number;
  signal?: AbortSignal;
  lookup?: (host: string) => Promise<string[]>;
  clock?: {
    setTimeout(callback: () => void, ms: number): unknown;
    clearTimeout(timer: unknown): void;
  };
}

const real = {
  setTimeout: (callback: () => void, ms: number): unknown => setTimeout(callback, ms),
  clearTimeout: (timer: unknown) => clearTimeout(timer as number),
};

const all = async (host: string) =>
  (await systemLookup(host, { all: true })).map((it) => it.address);

const reasons: Record<string, string> = {
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timed out",
  ENETUNREACH: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENOTFOUND: "not found",
};

function explain(error: unknown) {
  const { code = "" } = error as NodeJS.ErrnoException;
  return { reason: reasons[code] ?? "failed", code };
}

function failure(host: string, port: number, attempts: Attempt[], reason?: string) {
  const list = attempts.map((it) => `${it.address} ${it.reason} (${it.code})`).join(", ");
  const order = ["refused", "timed out", "unreachable", "failed"];
  const best = order.find((it) => attempts.some((attempt) => attempt.reason === it));
  return new ConnectError(`${host} port ${port}: ${list}`, {
    reason: reason ?? best ?? "timed out",
    attempts,
  });
}

/** Settles as the promise does, or fails when the signal aborts. */
async function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  const stop = Promise.withResolvers<never>();
  const onAbort = () => stop.reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([promise, stop.promise]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}

export async function connect(options: ConnectOptions): Promise<Socket> {
  const { host, port, timeoutMs, attemptMs = 250, signal, lookup = all, clock = real } = options;
  signal?.throwIfAborted();
  const attempts: Attempt[] = [];
  const over = new AbortController();
  const limit = clock.setTimeout(() => over.abort(), timeoutMs);
  const callOff = () => over.abort();
  signal?.addEventListener("abort", callOff);
  try {
    const addresses = await find();
    for (const [k, address] of addresses.entries()) {
      const isLast = k === addresses.length - 1;
      const socket = await attempt(address, isLast);
      if (socket) return socket;
      if (over.signal.aborted) break;
    }
    throw failure(host, port, attempts);
  } catch (error) {
    throw error;
  } finally {
    clock.clearTimeout(limit);
    signal?.removeEventListener("abort", callOff);
  }

  async function find(): Promise<string[]> {
    try {
      const addresses = await unless(over.signal, lookup(host));
      if (addresses.length > 0) return addresses;
    } catch (error) {
      if (over.signal.aborted) throw failure(host, port, []);
      throw failure(host, port, [], explain(error).reason);
    }
    throw failure(host, port, [], "not found");
  }

  async function attempt(address: string, isLast: boolean): Promise<Socket | undefined> {
    const it = { address, reason: "timed out", code: "ETIMEDOUT" };
    attempts.push(it);
    const silent = new AbortController();
    const turn = isLast ? undefined : clock.setTimeout(() => silent.abort(), attemptMs);
    const socket = dial({ host: address, port });
    const stop = AbortSignal.any([over.signal, silent.signal]);
    try {
      await once(socket, "connect", { signal: stop });
      return socket;
    } catch (error) {
      socket.destroy();
      if (!stop.aborted) Object.assign(it, explain(error));
      return undefined;
    } finally {
      clock.clearTimeout(turn);
    }
  }
}
