/**
 * A client in a process of its own that is stopped (SIGSTOP): its kernel goes on, and it does not.
 *
 * @module
 */
import timers from "node:timers/promises";
import { Child, type Run } from "./child.ts";
import { answerMs, bound, seconds } from "./deadline.ts";
import type { Server } from "./server.ts";
import { hasProc } from "./usage.ts";
import { Verdict } from "./verdict.ts";

// A test may put a clock of its own in their place; the harness goes on by the real.
const { setTimeout } = timers;

/** The sockets of a server with nobody connected: the one that listens. */
const listening = 1;

/** How late a limit may strike on an idle machine, in ms. */
const lateMs = 500;

/**
 * Has a client come, be served and then stand still, and looks whether the server gives it up. Nobody
 * else may be connected, or only somebody who is leaving.
 *
 * @param run The client; it prints a line for each time that it is served
 * @param served So many lines must have come before it is stopped
 * @param limitMs When it must have been given up at the latest
 * @throws {Verdict} When it is not served before, or not given up, or is still held when it goes on
 */
export async function checkGivesUpStopped(
  server: Server,
  run: Run,
  { served, limitMs }: { served: number; limitMs: number },
): Promise<void> {
  if (!hasProc) return;
  const { story } = server;
  const refuse = (diagnosis: "stopped-short" | "not-cut", sentence: string) =>
    new Verdict(diagnosis, sentence, { story });
  await using client = new Child(run);
  story.tell(`a client in ${run.command} was started`);
  const lines = () => client.stdout.split("\n").length - 1;
  if (!await client.until(() => lines() >= served, bound(5 * answerMs))) {
    const sentence = `A client in ${run.command} was served ${lines()} times, wanted ${served}`;
    throw refuse("stopped-short", `${sentence} ${client.stderr.trim()}`.trim());
  }
  client.signal("SIGSTOP");
  story.tell("it was stopped (SIGSTOP)");
  const end = performance.now() + limitMs + bound(lateMs);
  while (server.openSockets > listening && performance.now() < end) await setTimeout(1);
  const isHeld = server.openSockets > listening;
  client.signal("SIGCONT");
  if (isHeld) {
    throw refuse(
      "not-cut",
      `A client was stopped (SIGSTOP), and ${seconds(limitMs + bound(lateMs))} later ` +
        "it still held its connection",
    );
  }
  story.tell("its connection was closed, and it was told to go on (SIGCONT)");
  await client.ended(bound(answerMs));
}
