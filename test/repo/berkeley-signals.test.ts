import { once } from "node:events";
import net from "node:net";
import { expect, test } from "vitest";
import type { Child } from "#support/child.ts";
import { bound } from "#support/deadline.ts";
import { sleeps } from "#support/usage.ts";
import { start } from "./berkeley/here.ts";

/** Waits until a program has said something. */
async function said(child: Child, words: string): Promise<void> {
  const has = await child.until(() => child.stdout.includes(words), bound(10_000));
  if (!has) throw new Error(`It did not say "${words}": ${child.stdout}${child.stderr}`);
}

/** Sends a signal every 20 ms, to the end of the scope. */
function signals(child: Child): Disposable {
  const timer = setInterval(() => child.signal("SIGUSR1"), 20);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** Sends signals until twenty have interrupted the wait: after each the thread falls asleep anew. */
async function twentySignals(child: Child): Promise<void> {
  const before = sleeps(child.pid);
  using _ = signals(child);
  await expect.poll(() => sleeps(child.pid) - before, { timeout: bound(10_000) })
    .toBeGreaterThanOrEqual(20);
}

const limitMs = 600;

test.each<[string, string]>([
  ["accept", "TimeoutError"],
  ["recv", "TimeoutError"],
  ["recvfrom", "TimeoutError"],
  ["connect", "TimeoutError"],
  ["sendall", "TimeoutError"],
  ["select", "0"],
  ["poll", "0"],
  ["epoll", "0"],
  ["selector", "0"],
])("signals neither cut short nor stretch the time limit of %s", async (call, end) => {
  await using child = start("signals.ts", [call, String(limitMs / 1000)]);
  await said(child, "waiting");
  // A limit that began anew with each of them would never be over.
  using _ = signals(child);
  await child.ended(bound(10_000));
  const [, came, ms] = /\n(.+) after (\d+) ms\nhandled true\n$/.exec(child.stdout) ?? [];
  expect({ came, end: child.exit }, child.stdout + child.stderr)
    .toEqual({ came: end, end: "exit code 0" });
  expect(Number(ms)).toBeGreaterThanOrEqual(limitMs);
  expect(Number(ms)).toBeLessThan(bound(limitMs + 300));
});

test("accept() without a limit goes on after signals, and takes the client then", async () => {
  await using child = start("signals.ts", ["accept"]);
  await said(child, "waiting");
  await twentySignals(child);
  expect(child.stdout).not.toContain("after");
  net.connect(portOf(child), "127.0.0.1").on("error", () => {});
  await said(child, "handled true");
  expect(child.stdout).toMatch(/\n2 after \d+ ms\n/);
});

test("recv() without a limit goes on after signals, and takes the bytes then", async () => {
  await using child = start("signals.ts", ["recv"]);
  await said(child, "waiting");
  const client = net.connect(portOf(child), "127.0.0.1").on("error", () => {});
  await once(client, "connect");
  await said(child, "accepted");
  await twentySignals(child);
  expect(child.stdout).not.toContain("after");
  client.write("A");
  await said(child, "handled true");
  client.destroy();
  expect(child.stdout).toMatch(/\n65 after \d+ ms\n/);
});

test.each(["accept", "recv", "select", "epoll", "sendall", "connect"])(
  "Ctrl-C ends a program that waits in %s",
  async (call) => {
    await using child = start("signals.ts", [call, ...(call === "accept" ? [] : ["60"])]);
    await said(child, "waiting");
    child.signal("SIGINT");
    await child.ended(bound(2000));
    expect(child.exit).toBe("SIGINT");
  },
);

function portOf(child: Child): number {
  return Number(/waiting (\d+)/.exec(child.stdout)?.[1]);
}
