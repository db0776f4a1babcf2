import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import type { Peer } from "#support/peer.ts";
import { freePort } from "#support/ports.ts";
import { naming, receiveNoMore } from "#support/replies.ts";
import type { Server } from "#support/server.ts";
import { missingTool, runTool } from "#support/tool.ts";
import { Verdict } from "#support/verdict.ts";

const { start, running } = programExercise(import.meta.url);

const client = fileURLToPath(new URL("../peers/upload.py", import.meta.url));

const limitBytes = 65_536;
const refusal = `refused: more than ${limitBytes} bytes`;

/** How long behind a refusal a server reads on that is told so, in ms. */
const shortMs = 250;
/** The same for one to whom a byte now and then must come in time even on a busy machine, in ms. */
const longerMs = 500;

/** One that is told to read on for longer than anybody here waits. */
const startPatient = () => start({ args: ["0", "600000"] });

/** Waits for the answer, and for the end behind it. */
async function receiveAnswer(peer: Peer, line: string, why: string): Promise<void> {
  await naming(why, peer.receiveLines([line]));
  await receiveNoMore(peer, "an upload has one answer");
}

/** Waits for the refusal and, with more to send or not, for the end of the connection. */
async function receiveRefusal(
  peer: Peer,
  why: string,
  goOn: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  try {
    await naming(why, peer.receiveLines([refusal]));
    await goOn();
    await receiveNoMore(peer, "an upload has one answer");
    await peer.finish();
  } catch (error) {
    // A reset is the same fault, whether it is seen before the answer, in place of the end or later.
    if (!(error instanceof Verdict) || error.diagnosis !== "reset") throw error;
    throw error.withSentence(
      `It reset the connection (RST) before ${peer.name} had ended (${why})`,
    );
  }
}

/** Has a client come whose upload is stored. */
async function checkStores(server: Server, name: string): Promise<void> {
  await using peer = await server.connect(name);
  await peer.halfClose("one, two");
  await receiveAnswer(peer, "stored 8", "it is a small one");
}

describe("1 of 5, it listens", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server stores an upload", async () => {
    const server = await running();
    await checkStores(server, "Ada");
  });

  test("server listens again on the port that it had", async () => {
    const args = [String(await freePort()), "600000"];
    {
      await using server = await start({ args });
      const before = server.openSockets;
      await using ada = await server.connect("Ada");
      await ada.send(someBytes(limitBytes + 1));
      await receiveRefusal(ada, "it is too large");
      await server.checkNoneKept(before, "in order");
      await server.stop();
    }
    await using again = await start({ args });
    again.checkListensOn("127.0.0.1", Number(args[0]));
  });
});

describe("2 of 5, it stores", () => {
  test("server stores an empty upload", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await receiveAnswer(ada, "stored 0", "an upload may be empty");
  });

  test("server stores an upload that comes in pieces", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble(someBytes(50));
    await ada.halfClose(someBytes(10));
    await receiveAnswer(ada, "stored 60", "it came in several chunks");
  });

  test("server stores an upload of as many bytes as it may have", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose(someBytes(limitBytes));
    await receiveAnswer(ada, `stored ${limitBytes}`, "so many bytes are allowed");
  });

  test("server waits for a client that takes its time", async () => {
    await using server = await start({ args: ["0", String(shortMs)] });
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(50));
    await ada.stayQuiet(2 * shortMs);
    await ada.halfClose(someBytes(10));
    await receiveAnswer(ada, "stored 60", "the limit is for those who were refused");
  });
});

describe("3 of 5, it refuses", () => {
  test("server refuses one byte too many, and does not wait for more", async () => {
    await using server = await startPatient();
    await using ada = await server.connect("Ada");
    await ada.dribble(someBytes(limitBytes), 20_000);
    await ada.stayQuiet(20);
    await ada.send("!");
    await receiveRefusal(ada, "it is too large");
  });

  test("server refuses an upload once, however much of it comes", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(limitBytes + 1));
    await receiveRefusal(ada, "it is too large", () => ada.dribble(someBytes(20_000), 1000));
  });

  test("server counts each client's bytes by themselves", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send(someBytes(40_000));
    await bob.halfClose(someBytes(40_000));
    await receiveAnswer(bob, "stored 40000", "Ada's upload is not his");
    await ada.halfClose();
    await receiveAnswer(ada, "stored 40000", "Bob's upload is not hers");
  });
});

describe("4 of 5, its refusal arrives", () => {
  test("server takes all that a client sends", async () => {
    await using server = await startPatient();
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(moreThanTheKernelHolds));
    await receiveRefusal(ada, "it is too large");
  });

  test("server waits for a client that is late, but in time", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(2 * limitBytes));
    await receiveRefusal(ada, "it is too large", async () => {
      await ada.stayQuiet(300);
      await ada.send(someBytes(limitBytes));
      await ada.drained();
    });
  });

  test("server refuses python3, which sends everything first", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const server = await running();
    const refused = await runTool("python3", [client, String(server.port), "20000000"]);
    server.checkTool("python3", refused, "reset");
    const lines = new TextDecoder().decode(refused.stdout).split("\n").slice(0, -1);
    server.checkLines("python3", { lines, due: [refusal], stderr: refused.stderr });
  });

  test("server lets go of a client that never ends", async () => {
    await using server = await start({ args: ["0", String(shortMs)] });
    const before = server.openSockets;
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(2 * limitBytes));
    await receiveAnswer(ada, refusal, "it is too large");
    await server.checkNoneKept(before, `nowhere, but ${shortMs} ms are over`);
  });

  test("server lets go of a client that sends a byte now and then", async () => {
    await using server = await start({ args: ["0", String(longerMs)] });
    const before = server.openSockets;
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(2 * limitBytes));
    await receiveAnswer(ada, refusal, "it is too large");
    const how = `on sending a byte now and then for more than ${longerMs} ms after the refusal`;
    let isOver = false;
    const over = server.checkNoneKept(before, how).finally(() => isOver = true);
    over.catch(() => {});
    while (!isOver) {
      await ada.stayQuiet(longerMs / 50);
      void ada.send("!");
    }
    await over;
  });
});

describe("5 of 5, it goes on", () => {
  test("server serves one client while it refuses another", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(2 * limitBytes));
    await receiveRefusal(ada, "it is too large", () => checkStores(server, "Bob"));
  });

  test("server goes on after clients that reset, before and after their refusal", async () => {
    const server = await running();
    const before = server.openSockets;
    {
      await using ada = await server.connect("Ada");
      await ada.reset("some of it");
      await using bob = await server.connect("Bob");
      await bob.send(someBytes(2 * limitBytes));
      await receiveAnswer(bob, refusal, "it is too large");
      await bob.abort();
    }
    await server.checkNoneKept(before, "by a reset");
    await checkStores(server, "Cleo");
  });

  test("server stops on SIGTERM while a client it refused is still there", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(someBytes(2 * limitBytes));
    await receiveAnswer(ada, refusal, "it is too large");
    await server.stop();
  });
});
