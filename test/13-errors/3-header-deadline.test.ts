import { describe, test } from "vitest";
import { bound } from "#support/deadline.ts";
import { programExercise } from "#support/exercise.ts";
import type { Peer } from "#support/peer.ts";
import { naming, receiveNoMore } from "#support/replies.ts";
import { Verdict } from "#support/verdict.ts";

const { running } = programExercise(import.meta.url);

/** A server that nobody is too slow for. */
const patient = ["0", "60000", "60000"];

/** A limit that strikes soon. */
const shortMs = bound(120);

/** One for whom a header may not take long. */
const hasty = ["0", String(shortMs), "60000"];

/** One for whom a silence may not take long. */
const bored = ["0", "60000", String(shortMs)];

/** One with both limits. */
const strict = ["0", String(shortMs), String(shortMs)];

/** The sockets of a server with nobody connected. */
const listening = 1;

/** Waits for an answer. */
const ok = (peer: Peer, lines: number, why: string) =>
  naming(why, peer.receiveLines([`ok ${lines}`]));

/** Waits until a client is sent away because its header takes too long. */
async function timesOut(peer: Peer, since: number, sinceWhat: string): Promise<void> {
  await peer.receiveCut({ since, sinceWhat, earliestMs: shortMs });
  await naming(`too late for ${sinceWhat}`, peer.receiveLines(["timeout"]));
  await receiveNoMore(peer, "after timeout");
}

describe("1 of 5, it answers", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running(patient);
    server.checkListensOn("127.0.0.1");
  });

  test("server answers one request after another", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.send("get tea\n\n");
    await ok(ada, 1, "the first request, of one line");
    await ada.send("get coffee\nwith: milk\nto: Ada\n\n");
    await ok(ada, 3, "the second request, of three lines");
  });

  test("server answers requests that come in one chunk", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.coalesce(["a\n\n", "a\nb\n\n", "a\nb\nc\n\n"]);
    for (const lines of [1, 2, 3]) await ok(ada, lines, "three requests came in one chunk");
  });

  test("server answers a request that comes in pieces", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.dribble("get tea\nwith: milk\n\n");
    await ok(ada, 2, "a request came byte by byte");
  });

  test("server works as long as it is asked to, and answers in order", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    const begun = performance.now();
    await ada.coalesce(["get tea\nwork 100\n\n", "get coffee\n\n"]);
    await ok(ada, 2, "the first request, which takes 100 ms");
    const tookMs = Math.round(performance.now() - begun);
    await ok(ada, 1, "the second request");
    // A timer counts in whole milliseconds.
    if (tookMs >= 95) return;
    const sentence =
      `Its answer came ${tookMs} ms after it was asked for, wanted not before 100 ms`;
    throw new Verdict("wrong-turn", sentence, { story: ada.story });
  });

  test("server answers one client while it works for another", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send("work 60000\n\nget tea");
    await ada.drained();
    await bob.send("get coffee\n\n");
    await ok(bob, 1, "Bob's request, while it works for Ada");
  });
});

describe("2 of 5, it has a deadline for a header", () => {
  test("server sends away a client whose header stands still", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    await ada.send("get tea\nwith");
    await timesOut(ada, since, "her header had begun, and stood still");
  });

  test("server sends away a client that sends a header byte by byte", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    void ada.trickle("x".repeat(100), shortMs / 8);
    await timesOut(ada, since, "her header had begun, of which a byte came now and then");
  });

  test("server sends away a client that sends a header line by line", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    void ada.trickle("a\n".repeat(100), shortMs / 8);
    await timesOut(ada, since, "her header had begun, of which a line came now and then");
  });

  test("server keeps a client that begins its first header late", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    await ada.stayQuiet(1.5 * shortMs);
    await ada.send("get tea\n\n");
    await ok(ada, 1, "Ada was silent for longer than the deadline, and then quick");
  });

  test("server keeps a client that begins its second header late", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    await ada.coalesce(["get tea\n\n"]);
    await ok(ada, 1, "the first request");
    await ada.stayQuiet(1.5 * shortMs);
    await ada.send("get coffee\n\n");
    await ok(ada, 1, "Ada was silent between two headers, for longer than the deadline");
  });

  test("server takes its own time for no delay of the client", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    await ada.send(`work ${2 * shortMs}\n\n`);
    await ok(ada, 1, "the answer took longer than the deadline, and the header did not");
  });

  test("server sends away a client whose second header stands still", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    await ada.send("get tea\n\n");
    await ok(ada, 1, "the first request");
    const since = performance.now();
    await ada.send("get");
    await timesOut(ada, since, "her second header had begun, and stood still");
  });

  test("server sends away a client whose second header began in a chunk with the first", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    await ada.coalesce(["get tea\n\n", "get"]);
    await ok(ada, 1, "the first request");
    await timesOut(ada, since, "her second header had begun behind the first, and stood still");
  });
});

describe("3 of 5, it has a limit for a silence", () => {
  test("server sends away a client that never begins", async () => {
    const server = await running(bored);
    const since = performance.now();
    await using ada = await server.connect("Ada");
    await ada.receiveCut({
      since,
      sinceWhat: "she had come, and she has said nothing",
      earliestMs: shortMs,
    });
    await receiveNoMore(ada, "she has asked for nothing, and is told nothing");
  });

  test("server sends away a client that begins no second header", async () => {
    const server = await running(bored);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    await ada.send("get tea\n\n");
    await ok(ada, 1, "the first request");
    await ada.receiveCut({ since, sinceWhat: "her last request", earliestMs: shortMs });
    await receiveNoMore(ada, "after the idle limit");
  });

  test("server takes a header that goes on slowly for no silence", async () => {
    const server = await running(bored);
    await using ada = await server.connect("Ada");
    await ada.send("get tea\n");
    await ada.stayQuiet(1.5 * shortMs);
    await ada.send("\n");
    await ok(ada, 1, "her header had begun, and so the deadline counted, and not the idle limit");
  });

  test("server takes its own time for no silence of the client", async () => {
    const server = await running(bored);
    await using ada = await server.connect("Ada");
    await ada.send(`work ${2 * shortMs}\n\n`);
    await ok(ada, 1, "the answer took longer than the idle limit");
  });
});

describe("4 of 5, it lets go", () => {
  test("server answers all that a client has asked for before its FIN", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.halfClose(`get tea\n\nwork ${shortMs}\nget coffee\n\nget`);
    await ok(ada, 1, "a FIN came behind two headers and a piece");
    await ok(ada, 2, "a FIN came behind two headers and a piece");
    await receiveNoMore(ada, "the piece of a header has no answer");
  });

  test("server ends when a client ends without a word", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await receiveNoMore(ada, "Ada has asked for nothing");
  });

  test("server closes the socket of a client that does not end", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    await ada.send("get");
    await timesOut(ada, since, "her header had begun");
    await server.checkNoneKept(listening, "beyond the deadline, without a FIN");
  });

  test("server closes the socket of a client that was silent and does not end", async () => {
    const server = await running(strict);
    const since = performance.now();
    await using ada = await server.connect("Ada");
    await ada.receiveCut({ since, sinceWhat: "she had come", earliestMs: shortMs });
    await server.checkNoneKept(listening, "beyond the idle limit and the deadline, without a FIN");
  });

  test("server closes the socket of a client that goes on sending", async () => {
    const server = await running(hasty);
    await using ada = await server.connect("Ada");
    const since = performance.now();
    let isOver = false;
    const goesOn = (async () => {
      while (!isOver) {
        void ada.send("x");
        await ada.stayQuiet(shortMs / 10);
      }
    })();
    await ada.receiveCut({ since, sinceWhat: "her header had begun", earliestMs: shortMs });
    const how = "beyond the deadline, with a byte now and then";
    await server.checkNoneKept(listening, how).finally(() => isOver = true);
    await goesOn;
  });

  test("server goes on when a client resets", async () => {
    const server = await running(patient);
    await using ada = await server.connect("Ada");
    await ada.reset("get tea\n");
    await using bob = await server.connect("Bob");
    await bob.send("get coffee\n\n");
    await ok(bob, 1, "Ada has reset, and Bob has asked");
  });
});

describe("5 of 5, it ends", () => {
  test("server stops on SIGTERM", async () => {
    const server = await running(patient);
    await server.stop();
  });
});
