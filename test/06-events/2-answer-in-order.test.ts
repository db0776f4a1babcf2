import { describe, test } from "vitest";
import { bound } from "#support/deadline.ts";
import { programExercise } from "#support/exercise.ts";
import { otherRuntime } from "#support/other-runtime.ts";
import { checkLetsOthersGoOn } from "#support/pings.ts";
import { Verdict } from "#support/verdict.ts";

const { start, running } = programExercise(import.meta.url);

const error = /^error: \S/;

/** How many prime numbers are below a limit, by the sieve of Eratosthenes. */
function primesBelow(limit: number): number {
  const crossed = new Uint8Array(limit);
  let count = 0;
  for (let n = 2; n < limit; n++) {
    if (crossed[n]) continue;
    count++;
    for (let k = n * n; k < limit; k += n) crossed[k] = 1;
  }
  return count;
}

describe("1 of 5, it answers", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server answers each kind of question", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (
      const [question, answer] of [
        ["say hello there", "hello there"],
        ["wait 1 a moment", "a moment"],
        ["repeat 3 ho", "hohoho"],
        ["price tea", "2.50"],
        ["primes 100", "25"],
      ] as const
    ) {
      await ada.send(`${question}\n`);
      await ada.receiveLines([answer]);
    }
  });

  test("server waits as long as it is asked to", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const begun = performance.now();
    await ada.send("wait 200 slow\n");
    await ada.receiveLines(["slow"]);
    const tookMs = Math.round(performance.now() - begun);
    // A timer counts in whole milliseconds.
    if (tookMs >= 195) return;
    const sentence =
      `Its answer came ${tookMs} ms after it was asked for, wanted not before 200 ms`;
    throw new Verdict("wrong-turn", sentence, { story: ada.story });
  });

  test("server answers a question that comes in pieces", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble("say naïve €\n");
    await ada.receiveLines(["naïve €"]);
  });
});

describe("2 of 5, it keeps the order", () => {
  test("server answers in the order of the questions when they come in one chunk", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce(["wait 60 slow\n", "say fast\n", "wait 20 slow again\n", "say done\n"]);
    await ada.receiveLines(["slow", "fast", "slow again", "done"]);
  });

  test("server answers in the order of the questions when they come one by one", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(`wait ${bound(200)} slow\n`);
    await ada.drained();
    await ada.send("say fast\n");
    await ada.receiveLines(["slow", "fast"]);
  });

  test("server answers one client while another waits", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send("say hello\n");
    await ada.receiveLines(["hello"]);
    await ada.send("wait 60000 much later\n");
    await ada.drained();
    await bob.send("say hello\n");
    await bob.receiveLines(["hello"]);
  });
});

describe("3 of 5, it answers what it cannot answer", () => {
  test("server answers with an error when a price is not known", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("price gold\n");
    await ada.receiveLines([error]);
    await ada.send("price coffee\n");
    await ada.receiveLines(["3.20"]);
  });

  test("server answers with an error when a question is not known", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("sing\n");
    await ada.receiveLines([error]);
  });

  test("server answers with an error when a question is what every object has", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("toString hello\n");
    await ada.receiveLines([error]);
  });

  test("server answers with an error when a number is none, or too large", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const question of ["wait soon x", "wait 3000000000 x", "repeat many ho", "primes abc"]) {
      await ada.send(`${question}\n`);
      await ada.receiveLines([error]);
    }
  });

  test("server answers with an error when a text cannot be repeated", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("repeat -1 ho\n");
    await ada.receiveLines([error]);
  });

  test("server answers the questions behind one that failed", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce(["say one\n", "price gold\n", "say two\n", "repeat -1 ho\n", "say three\n"]);
    await ada.receiveLines(["one", error, "two", error, "three"]);
  });
});

describe("4 of 5, it ends well", () => {
  test("server answers everything and ends when the client has half-closed", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("wait 100 slow\nprice gold\nsay the last words\n");
    await ada.receiveLines(["slow", error, "the last words"]);
    await ada.receiveEnd();
  });

  test("server sends all of a long answer to a client that half-closed and reads late", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const text = "more than the kernel holds";
    {
      using _pause = ada.stopReading();
      await ada.halfClose(`repeat 1000000 ${text}\n`);
      await ada.settled();
    }
    await ada.receive(`${text.repeat(1_000_000)}\n`);
    await ada.receiveEnd();
  });

  test("server ends when the client ends without a word", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await ada.receiveEnd();
  });

  test("server goes on after a reset while it was answering", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send("wait 50 somebody who has gone\n");
    await ada.reset();
    await bob.send("wait 100 still here\n");
    await bob.receiveLines(["still here"]);
  });

  test("server answers a client on the other runtime", async ({ skip }) => {
    const client = otherRuntime("test/peers/ask.ts");
    if (client.missing) return skip(client.missing);
    const server = await running();
    const questions = ["wait 50 slow", "say fast", "price gold", "say naïve €"];
    await client.asks(server, questions, ["slow", "fast", error, "naïve €"]);
  });

  test("server stops on SIGTERM", async () => {
    const server = await running();
    await server.stop();
  });
});

describe("5 of 5, it lets others go on", () => {
  test("server answers one client while it computes for another", async () => {
    await using server = await start();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await checkLetsOthersGoOn({
      worker: ada,
      work: (limit) => ({ asks: `primes ${limit}\n`, due: `${primesBelow(limit)}\n` }),
      sizes: [250_000, 500_000, 1_000_000, 2_000_000, 4_000_000],
      probe: bob,
      ping: { asks: "say ping\n", due: "ping\n" },
    });
  });
});
