/**
 * Right: one promise, and one function that is called for whatever happens.
 *
 * Refused by a test that wants async functions, or the limit to be looked at in one place.
 *
 * @module
 */
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

export function connect(options: ConnectOptions): Promise<Socket> {
  const { host, port, timeoutMs, attemptMs = 250, signal, lookup = all, clock = real } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const attempts: Attempt[] = [];
    const timers: unknown[] = [];
    let socket: Socket | undefined;
    let done = false;

    const finish = (settle: () => void) => {
      if (done) return;
      done = true;
      for (const timer of timers) clock.clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      socket?.destroy();
      settle();
    };
    const onAbort = () => finish(() => reject(signal!.reason));
    const fail = (reason?: string) => finish(() => reject(failure(host, port, attempts, reason)));

    const next = ([address, ...rest]: string[]) => {
      if (done) return;
      if (address === undefined) return fail();
      const it: Attempt = { address, reason: "timed out", code: "ETIMEDOUT" };
      attempts.push(it);
      const mine = dial({ port, host: address });
      socket = mine;
      let left = false;
      const goOn = () => {
        if (left || done) return;
        left = true;
        clock.clearTimeout(timer);
        mine.destroy();
        next(rest);
      };
      const timer = rest.length > 0 ? clock.setTimeout(goOn, attemptMs) : undefined;
      timers.push(timer);
      const onError = (error: Error) => {
        Object.assign(it, explain(error));
        goOn();
      };
      mine.on("error", onError).once("connect", () => {
        mine.removeListener("error", onError);
        socket = undefined;
        finish(() => resolve(mine));
      });
    };

    timers.push(clock.setTimeout(() => fail(), timeoutMs));
    signal?.addEventListener("abort", onAbort);
    lookup(host).then(
      (found) => found.length > 0 ? next(found) : fail("not found"),
      (error) => fail(explain(error).reason),
    );
  });
}
