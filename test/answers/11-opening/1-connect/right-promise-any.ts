/**
 * Right: starts one promise for each address, which waits for its turn, and takes the first socket that comes.
 *
 * Refused by a test that expects a silent address to be given up before the next one is called.
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
  if (signal?.aborted) throw signal.reason;
  const attempts: Attempt[] = [];
  const over = new AbortController();
  const calledOff = new AbortController();
  const limit = clock.setTimeout(() => calledOff.abort(), timeoutMs);
  const callOff = () => calledOff.abort();
  signal?.addEventListener("abort", callOff, { signal: over.signal });
  try {
    const found = await unless(calledOff.signal, lookup(host));
    if (found.length === 0) throw failure(host, port, [], "not found");
    const turns = found.map(() => Promise.withResolvers<void>());
    turns[0]!.resolve();
    const sockets = found.map(async (address, k) => {
      await turns[k]!.promise;
      const next = turns[k + 1];
      const timer = next && clock.setTimeout(next.resolve, attemptMs);
      over.signal.addEventListener("abort", () => clock.clearTimeout(timer));
      const it = { address, reason: "timed out", code: "ETIMEDOUT" };
      attempts.push(it);
      const socket = dial(port, address);
      over.signal.addEventListener("abort", () => void (socket.connecting && socket.destroy()));
      try {
        await once(socket, "connect", { signal: over.signal });
        return socket;
      } catch (error) {
        if (!over.signal.aborted) {
          Object.assign(it, explain(error));
          clock.clearTimeout(timer);
          next?.resolve();
        }
        throw error;
      }
    });
    return await unless(calledOff.signal, Promise.any(sockets));
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (error instanceof ConnectError) throw error;
    const isLookup = attempts.length === 0 && !calledOff.signal.aborted;
    throw failure(host, port, attempts, isLookup ? explain(error).reason : undefined);
  } finally {
    over.abort();
    clock.clearTimeout(limit);
  }
}
