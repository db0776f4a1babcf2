import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { bound } from "#support/deadline.ts";
import { programExercise } from "#support/exercise.ts";
import type { Peer } from "#support/peer.ts";
import { checkGivesUpStopped } from "#support/stopped-client.ts";
import { missingTool } from "#support/tool.ts";
import { Verdict } from "#support/verdict.ts";

const { start, running } = programExercise(import.meta.url);

const client = fileURLToPath(new URL("../peers/heartbeat_client.py", import.meta.url));

/** A server that has no time to become impatient. */
const patient = ["0", "60000", "120000"];

/** One that has. The limit is no multiple of the interval. */
const intervalMs = bound(70);
const limitMs = bound(250);
const impatient = ["0", String(intervalMs), String(limitMs)];
const latestMs = limitMs + intervalMs;

/** One whose timers would soon be seen. */
const restless = ["0", "5", "100"];

/** The sockets of a server with nobody connected. */
const listening = 1;

/** Waits for so many pongs, between which there may be pings. */
async function pongs(peer: Peer, count: number, why: string): Promise<void> {
  const says = `"pong": ${why}`;
  for (let got = 0; got < count;) {
    const isPong = (line: string) => {
      if (line === "pong") got++;
      return line === "pong" || line === "ping";
    };
    await peer.receiveLines([{ test: isPong, toString: () => says }]);
  }
}

/**
 * Answers pings, and has to be kept for it.
 *
 * @returns How many there were
 */
async function answerPings(peer: Peer, goesOn: () => boolean): Promise<number> {
  let since = performance.now();
  let pings = 0;
  try {
    while (goesOn()) {
      await peer.receiveLines(["ping"]);
      since = performance.now();
      pings++;
      await peer.send("pong\n");
    }
    return pings;
  } catch (error) {
    if (peer.isOpen) throw error;
    await peer.receiveCut({ since, sinceWhat: "a pong", earliestMs: limitMs, latestMs });
    const sentence =
      `It gave ${peer.name} up after ${pings} pings, all of which she had answered: ` +
      "it did not send another one";
    throw new Verdict("stopped-short", sentence, { story: peer.story });
  }
}

/** Until the limit has passed, and more. */
function beyondTheLimit(): () => boolean {
  const end = performance.now() + latestMs + limitMs / 2;
  return () => performance.now() < end;
}

describe("1 of 5, it answers", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running(patient);
    server.checkListensOn("127.0.0.1");
  });

  test("server answers a ping by pong", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    for (const why of ["Ada has sent ping", "Ada has sent another ping"]) {
      await ada.send("ping\n");
      await pongs(ada, 1, why);
    }
  });

  test("server answers pings that come in one chunk, and nothing else", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.coalesce(["ping\n", "pong\n", "\n", "pinging\n", "ping\n"]);
    await pongs(ada, 2, "two pings came in one chunk");
    await ada.halfClose();
    const more = new TextDecoder().decode(await ada.receiveAll());
    if (!more.includes("pong")) return;
    const sentence =
      "It answered more than the two pings: pong, an empty line and pinging are none";
    throw new Verdict("extra-bytes", sentence, { story: ada.story });
  });

  test("server answers a ping that comes in pieces", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.dribble("ping\n");
    await pongs(ada, 1, "a ping came byte by byte");
  });

  test("server keeps the pieces of two clients apart", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.dribble("pi", 2);
    await bob.dribble("pi", 2);
    await ada.dribble("ng\n", 3);
    await bob.dribble("ng\n", 3);
    await pongs(ada, 1, "Ada sent the halves of a ping, and Bob did, too");
    await pongs(bob, 1, "Ada sent the halves of a ping, and Bob did, too");
  });
});

describe("2 of 5, it asks", () => {
  test("server pings a client again and again, and keeps it while it answers", async () => {
    const server = await running(impatient);
    await using ada = await server.connect("Ada");
    const begun = performance.now();
    const pings = await answerPings(ada, beyondTheLimit());
    const tookMs = Math.round(performance.now() - begun);
    const due = tookMs / intervalMs;
    if (pings >= due / 2 && pings <= 2 * due + 2) return;
    const sentence = `It sent ${pings} pings in ${tookMs} ms, wanted one every ${intervalMs} ms`;
    throw new Verdict("wrong-turn", sentence, { story: ada.story });
  });

  test("server takes any byte for a sign of life", async () => {
    const server = await running(impatient);
    await using ada = await server.connect("Ada");
    // No whole line among them, and no pong.
    const bytes = "x".repeat(Math.ceil((latestMs + limitMs / 2) / intervalMs));
    const since = await ada.trickle(bytes, intervalMs);
    if (ada.isOpen) return;
    const sinceWhat = "her last byte, which was no pong";
    await ada.receiveCut({ since, sinceWhat, earliestMs: limitMs, latestMs });
  });
});

describe("3 of 5, it gives up who is silent", () => {
  test("server gives up a client that never says anything", async () => {
    const server = await running(impatient);
    const since = performance.now();
    await using ada = await server.connect("Ada");
    const sinceWhat = "she had come, and she has said nothing";
    await ada.receiveCut({ since, sinceWhat, earliestMs: limitMs, latestMs });
  });

  test("server closes the socket of a client that it gives up", async () => {
    const server = await running(impatient);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    await ada.send("pong\n");
    const sinceWhat = "she had said something once";
    await ada.receiveCut({ since, sinceWhat, earliestMs: limitMs, latestMs });
    await server.checkNoneKept(listening, "silent, without a FIN");
  });

  test("server gives up a silent client while another one answers", async () => {
    const server = await running(impatient);
    await using bob = await server.connect("Bob");
    const since = performance.now();
    await using ada = await server.connect("Ada");
    const sinceWhat = "she had come, while Bob answered";
    let isOver = false;
    const [bobs, adas] = await Promise.allSettled([
      answerPings(bob, () => !isOver),
      ada.receiveCut({ since, sinceWhat, earliestMs: limitMs, latestMs })
        .finally(() => isOver = true),
    ]);
    if (adas.status === "rejected") throw adas.reason;
    if (bobs.status === "rejected") throw bobs.reason;
  });

  test("server gives up a client that was stopped, whose kernel goes on", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const server = await running(impatient);
    const run = { command: "python3", args: [client, String(server.port)] };
    await checkGivesUpStopped(server, run, { served: 2, limitMs: latestMs });
  });
});

describe("4 of 5, it sees clients leave", () => {
  test("server ends when a client ends", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.halfClose("pong\n");
    await ada.receiveAll();
  });

  test("server goes on when a client resets", async () => {
    const server = await running(patient);
    await using bob = await server.connect("Bob");
    await using ada = await server.connect("Ada");
    await ada.reset("ping\n");
    await bob.send("ping\n");
    await pongs(bob, 1, "Ada has reset, and Bob has sent ping");
  });
});

describe("5 of 5, it leaves nothing behind", () => {
  test("server sleeps when all have gone, in whatever way", async () => {
    await using server = await start({ args: restless });
    await using ada = await server.connect("Ada");
    const since = performance.now();
    await ada.receiveCut({ since, sinceWhat: "she had come", earliestMs: 0, latestMs: 105 });
    await using bob = await server.connect("Bob");
    await bob.reset();
    await using cleo = await server.connect("Cleo");
    await cleo.halfClose();
    await cleo.receiveAll();
    await server.checkIdle("nobody was connected");
  });

  test("server ends on SIGTERM with its clients", async () => {
    await using server = await start({ args: patient });
    await using ada = await server.connect("Ada");
    await ada.send("ping\n");
    await pongs(ada, 1, "Ada has sent ping");
    await server.stop("exit code 0");
  });
});
