import { once } from "node:events";
import { constants } from "node:os";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import type { Wait } from "./berkeley/waiting.ts";
import { start } from "./berkeley/here.ts";
import { bound } from "#support/deadline.ts";

/** How a process ended in which a worker waits, and what it said before. */
async function ending(call: Wait["call"], how: string, workers = 1): Promise<string> {
  await using child = start("endings.ts", [call, how, String(workers)]);
  if (!await child.until(() => child.stdout.includes("waiting\n"), bound(10_000))) {
    return `${child.stdout}${child.stderr}: no worker waits`;
  }
  const inTime = await child.ended(bound(2000));
  return inTime ? `${child.stdout}${child.exit}` : `${child.stdout}it does not end`;
}

const calls: Wait["call"][] = ["accept", "recv", "recv_into", "recv_hour", "recv_all", "recvfrom"];
calls.push("send", "sendall", "sendto", "connect", "connect_unix", "select", "select_nothing");
calls.push("poll", "epoll", "selector", "shared_accept", "shared_recv");

describe.each(calls)("a worker that waits in %s", (call) => {
  test("does not keep process.exit() from its end", async () => {
    expect(await ending(call, "exit")).toBe("waiting\nexit code 7");
  });

  test("can be terminated", async () => {
    expect(await ending(call, "terminate")).toBe("waiting\nterminated\nexit code 7");
  });
});

test.each(["accept", "recv", "shared_accept"] as const)(
  "an exception that nobody catches ends a process whose worker waits in %s",
  async (call) => {
    expect(await ending(call, "throw")).toBe("waiting\nexit code 1");
  },
);

test("several workers can wait for one listener's clients", async () => {
  expect(await ending("shared_accept", "exit", 4)).toBe("waiting\nexit code 7");
  expect(await ending("shared_accept", "terminate", 4)).toBe("waiting\nterminated\nexit code 7");
});

test("connect_ex() of a closed socket gives EBADF's number in a worker, too", async () => {
  const worker = new Worker(new URL("./berkeley/closed-in-worker.ts", import.meta.url));
  const [numbers] = await once(worker, "message");
  await worker.terminate();
  expect(numbers).toEqual([constants.errno.EBADF, constants.errno.EBADF]);
});
