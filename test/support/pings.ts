/**
 * Whether long work for one client holds up another: a probe that pings meanwhile.
 *
 * @module
 */
import timers from "node:timers/promises";
import { answerMs, bound } from "./deadline.ts";
import type { Peer } from "./peer.ts";
import { Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** What one client asks for, and what is due for it. */
export interface Question {
  asks: string;
  due: string;
}

/** How many pings tell how long one takes when nobody else wants anything. */
const idlePings = 20;

/** The probe rests for so long after each ping, in ms. */
const restMs = 5;

/** However fast the machine: below this nobody speaks of waiting, in ms. */
const noticedMs = 50;

/** A ping may take so many times as long as on the idle server. */
const idleTimes = 10;

/** And it may take this part of the time that the work takes: whoever is blocked waits for all of it. */
const partOfWork = 1 / 6;

/**
 * Pings the idle server, then has it work, and pings until the work is done.
 *
 * @param worker The client that asks for the work
 * @param work What it asks
 * @param probe The client that pings
 * @param ping What that one asks
 * @throws {Verdict} When the pings are held up
 */
export async function checkLetsOthersGoOn(
  { worker, work, probe, ping }: { worker: Peer; work: Question; probe: Peer; ping: Question },
): Promise<void> {
  const once = async () => {
    const begun = performance.now();
    await probe.send(ping.asks);
    await probe.receive(ping.due);
    return performance.now() - begun;
  };
  const idle: number[] = [];
  while (idle.length < idlePings) idle.push(await once());
  const before = worker.receivedBytes;
  const begun = performance.now();
  void worker.send(work.asks);
  const meanwhile: number[] = [];
  while (worker.receivedBytes === before && performance.now() - begun < bound(5 * answerMs)) {
    meanwhile.push(await once());
    await setTimeout(restMs);
  }
  const tookMs = performance.now() - begun;
  await worker.receive(work.due);
  const most = Math.max(noticedMs, idleTimes * p95(idle), partOfWork * tookMs);
  if (p95(meanwhile) <= most) return;
  throw new Verdict(
    "blocked",
    `${probe.name}'s answers took ${whole(p95(meanwhile))} ms while it worked for ` +
      `${worker.name}, and ${p95(idle).toFixed(1)} ms before (95th percentiles)`,
    { story: worker.story },
  );
}

/** The value below which 95 of 100 lie. */
function p95(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
}

const whole = (ms: number) => Math.round(ms);
