import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { programExercise } from "#support/exercise.ts";
import type { Peer } from "#support/peer.ts";
import { freePort } from "#support/ports.ts";
import { naming, receiveNoMore } from "#support/replies.ts";
import { missingTool, runTool } from "#support/tool.ts";

const { start, running } = programExercise(import.meta.url);

const client = fileURLToPath(new URL("../peers/upload.py", import.meta.url));

/** Waits for the answer, and for the end behind it. */
async function receiveCounts(peer: Peer, counts: string, why: string): Promise<void> {
  await naming(why, peer.receiveLines([counts]));
  await receiveNoMore(peer, "one text has one answer");
}

describe("1 of 4, it counts", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server listens on the port it is given", async () => {
    const port = await freePort();
    await using server = await start({ args: [String(port)] });
    server.checkListensOn("127.0.0.1", port);
  });

  test("server counts a text that ends", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("one two\tthree\r\n\n four");
    await receiveCounts(ada, "4 21", "the text had four words");
  });

  test("server counts bytes, not characters", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("naïve €");
    await receiveCounts(ada, "2 10", "ï has two bytes, and € three");
  });

  test("server counts an empty text", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await receiveCounts(ada, "0 0", "a text may be empty");
  });
});

describe("2 of 4, it reads up to the end", () => {
  test("server counts a word once that comes in pieces", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble("two words\n");
    await ada.halfClose();
    await receiveCounts(ada, "2 10", "the text came byte by byte");
  });

  test("server counts every byte of characters that come in pieces", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble("naïve €");
    await ada.halfClose();
    await receiveCounts(ada, "2 10", "the text was cut within its characters");
  });

  test("server answers once, although the text has lines and pauses", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("two lines\n\n");
    await ada.stayQuiet(300);
    await ada.halfClose("and a pause\n");
    await receiveCounts(ada, "5 23", "neither an empty line nor a pause ends a text");
  });

  test("server counts a text of many chunks", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    void ada.halfClose("words ".repeat(1_500_000));
    await receiveCounts(ada, "1500000 9000000", "the text had 9,000,000 bytes");
  });
});

describe("3 of 4, it serves several clients", () => {
  test("server answers one client while another still sends", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    await ada.send("Ada has ");
    await ada.drained();
    await using bob = await server.connect("Bob");
    await bob.halfClose("Bob");
    await receiveCounts(bob, "1 3", "Ada's text is not his");
    await ada.halfClose("more to say");
    await receiveCounts(ada, "5 19", "Bob's text is not hers");
  });

  test("server answers those who wait at the same time", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.halfClose("one");
    await bob.halfClose("one two");
    await receiveCounts(ada, "1 3", "Bob's text is not hers");
    await receiveCounts(bob, "2 7", "Ada's text is not his");
  });

  test("server goes on after clients that reset while they send", async () => {
    const server = await running();
    const before = server.openSockets;
    for (const name of ["Ada", "Bob"]) {
      await using client = await server.connect(name);
      await client.reset("half a te");
    }
    await server.checkNoneKept(before, "by a reset");
    await checkCounts(await server.connect("Cleo"));
  });

  test("server goes on after clients that reset while they wait", async () => {
    const server = await running();
    const before = server.openSockets;
    for (const name of ["Ada", "Bob"]) {
      await using client = await server.connect(name);
      await client.halfClose("a whole text");
      await client.drained();
      await client.abort();
    }
    await server.checkNoneKept(before, "by a reset");
    await checkCounts(await server.connect("Cleo"));
  });
});

describe("4 of 4, it works with others", () => {
  test("server keeps no connection that is over", async () => {
    const server = await running();
    const before = server.openSockets;
    await checkCounts(await server.connect("Ada"));
    await server.checkNoneKept(before, "in order");
  });

  test("server answers nc", async ({ skip }) => {
    const missing = missingTool("nc");
    if (missing) return skip(missing);
    const server = await running();
    const words = ["-N", "127.0.0.1", String(server.port)];
    const { stdout, stderr } = await runTool("nc", words, "by hand\n");
    const lines = new TextDecoder().decode(stdout).split("\n").slice(0, -1);
    server.checkLines("nc", { lines, due: ["2 8"], stderr });
  });

  test("server answers a client in python3", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const server = await running();
    const answered = await runTool("python3", [client, String(server.port), "1000000"]);
    server.checkTool("python3", answered, "bytes-differ");
    const lines = new TextDecoder().decode(answered.stdout).split("\n").slice(0, -1);
    server.checkLines("python3", { lines, due: ["1 1000000"], stderr: answered.stderr });
  });

  test("server stops on SIGTERM", async () => {
    const server = await running();
    await server.stop();
  });
});

/** Has a client come, be answered, and leave. */
async function checkCounts(client: Peer): Promise<void> {
  await using peer = client;
  await peer.halfClose("still there");
  await receiveCounts(peer, "2 11", "the server still runs");
}
