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

/** Two clients of one server, and what they ask. */
export interface Probing {
  /** the client that asks for long work */
  worker: Peer;
  /** what it asks: the larger the size, the longer the work takes */
  work: (size: number) => Question;
  /** the sizes to try, smallest first, until one takes long enough to tell */
  sizes: number[];
  /** the client that pings */
  probe: Peer;
  ping: Question;
}

/** How many pings tell how long one takes when nobody else wants anything. */
const idlePings = 20;

/** The probe rests for so long after each ping, in ms. */
const restMs = 5;

/** However fast the machine: below this nobody speaks of waiting, in ms. */
const noticedMs = 50;

/** Work that takes so long tells whether it holds others up, in ms. */
const longEnoughMs = 4 * noticedMs;

/** And so long tells it well: longer, and whoever is held up may lose patience before it is done. */
const plentyMs = 6 * noticedMs;

/** A ping may take so many times as long as on the idle server. */
const idleTimes = 5;

/** But not more than this part of the time of the work: whoever is blocked waits for all of it. */
const mostOfWork = 1 / 2;

/** This part of it is no matter of blocking either. */
const partOfWork = 1 / 6;

/**
 * Pings the idle server, then has it work, and pings until the work is done. On a busy machine a ping
 * may wait for others than this server: what looks held up is tried again, with longer work.
 *
 * @throws {Verdict} When the pings are held up, three times
 */
export async function checkLetsOthersGoOn(
  { worker, work, sizes, probe, ping }: Probing,
): Promise<void> {
  const once = async () => {
    const begun = performance.now();
    await probe.send(ping.asks);
    await probe.receive(ping.due);
    return performance.now() - begun;
  };
  const idle: number[] = [];
  while (idle.length < idlePings) idle.push(await once());
  let heldUp: Verdict | undefined;
  let times = 0;
  for (let size = 0; size < sizes.length;) {
    const { asks, due } = work(sizes[size]!);
    const meanwhile: number[] = [];
    const before = worker.receivedBytes;
    const begun = performance.now();
    const workMs = () => performance.now() - begun;
    await worker.send(asks);
    while (worker.receivedBytes === before && workMs() < bound(5 * answerMs)) {
      meanwhile.push(await once());
      await setTimeout(restMs);
    }
    const tookMs = workMs();
    await worker.receive(due);
    if (tookMs < longEnoughMs) {
      size++;
      continue;
    }
    const byIdle = Math.min(idleTimes * p95(idle), mostOfWork * tookMs);
    const most = Math.max(noticedMs, byIdle, partOfWork * tookMs);
    if (p95(meanwhile) <= most) return;
    heldUp ??= new Verdict(
      "blocked",
      `${probe.name}'s answers took ${Math.round(p95(meanwhile))} ms while it worked for ` +
        `${worker.name}, and ${p95(idle).toFixed(1)} ms before (95th percentiles)`,
      { story: worker.story },
    );
    if (++times === 3) throw heldUp;
    if (tookMs < plentyMs && size < sizes.length - 1) size++;
  }
  if (heldUp) throw heldUp;
}

/** The time within which 95 of 100 pings were answered. */
function p95(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
}
