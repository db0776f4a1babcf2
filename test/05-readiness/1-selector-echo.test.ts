import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { everyByte, moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import { freePort } from "#support/ports.ts";
import type { Peer } from "#support/peer.ts";
import type { Server } from "#support/server.ts";
import { missingTool, runTool } from "#support/tool.ts";

const { start, running } = programExercise(import.meta.url);

/** More than a program may grow by that keeps little for each client, in bytes. */
const tooMuch = 64 << 20;
const mayGrowBytes = 40 << 20;

/** Bytes that are nobody else's. */
const everythingOfBob = new Uint8Array(1 << 20).fill(0x42);

/**
 * Has a client send and not read, until nothing moves any more: neither its bytes nor the server.
 *
 * @param ada A client that does not read
 * @param what What the verdict says that it did
 */
async function sendInVain(server: Server, ada: Peer, bytes: Uint8Array, what: string) {
  void ada.send(bytes);
  await ada.settled();
  await server.checkIdle(what);
  await ada.settled();
}

/**
 * Has a client send, piece after piece, until the kernel holds no more of its echo and the server
 * owes it the rest: less than one piece, so that even one that keeps little goes on reading.
 *
 * @param ada A client that does not read
 * @returns All that it sent
 */
async function sendUntilOwed(server: Server, ada: Peer): Promise<Uint8Array> {
  const all = someBytes(moreThanTheKernelHolds);
  const pieceBytes = 200_000;
  for (let sent = 0; sent + pieceBytes < all.length; sent += pieceBytes) {
    if (sent > 0 && ada.handedOver < sent) {
      // It may have been on the way only: a server that serves another one has been round since.
      await server.checkServes("Bob");
      if (ada.handedOver < sent) return all.subarray(0, sent);
    }
    void ada.send(all.subarray(sent, sent + pieceBytes));
    await ada.settled();
  }
  return all;
}

describe("1 of 5, it listens and sleeps", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
    await using _ada = await server.connect("Ada");
  });

  test("server listens on the port it is given", async () => {
    const port = await freePort();
    await using server = await start({ args: [String(port)] });
    server.checkListensOn("127.0.0.1", port);
  });

  test("server says so and gives up when its port is taken", async () => {
    const first = await running();
    await using second = await start({ args: [String(first.port)], listens: false });
    await second.checkGivesUp();
  });

  test("server sleeps while nobody is connected", async () => {
    await using server = await start();
    await server.checkIdle("nobody was connected");
  });
});

describe("2 of 5, it echoes", () => {
  test("server sends back what it received, chunk after chunk", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("one");
    await ada.receive("one");
    await ada.dribble("two");
    await ada.coalesce(["three", "four"]);
    await ada.receive("twothreefour");
  });

  test("server sends back every byte value", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(everyByte);
    await ada.receive(everyByte);
  });

  test("server sleeps while a client is silent", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    await server.checkIdle("Ada was connected and silent");
    // Of the second one the server knows nothing but that it is there; a third has been served since.
    await using _bob = await server.connect("Bob");
    await server.checkServes("Cleo");
    await server.checkIdle("Bob was connected and had never said anything");
  });
});

describe("3 of 5, it serves many", () => {
  test("server answers a second client while the first stays", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    await using bob = await server.connect("Bob");
    await bob.send("Bob here");
    await bob.receive("Bob here");
    await ada.send("Ada again");
    await ada.receive("Ada again");
  });

  test("server keeps the bytes of two clients apart", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    for (const half of ["first half, ", "second half"]) {
      await ada.dribble(`Ada's ${half}`, 9);
      await bob.dribble(`Bob's ${half}`, 9);
    }
    await ada.receive("Ada's first half, Ada's second half");
    await bob.receive("Bob's first half, Bob's second half");
  });
});

describe("4 of 5, it sends what it owes", () => {
  test("server goes on with a client that reads late, and then sleeps", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    const much = someBytes(moreThanTheKernelHolds);
    await ada.send("Ada here");
    await ada.receive("Ada here");
    {
      using _pause = ada.stopReading();
      void ada.send(much);
      await ada.settled();
      // As much as any one turn reads: whatever lies where Ada's rest lies is written over.
      await using bob = await server.connect("Bob");
      await bob.send(everythingOfBob);
      await bob.receive(everythingOfBob);
      await server.checkIdle("Ada sent and did not read");
      await ada.settled();
    }
    await ada.receive(much);
    await server.checkIdle("Ada had read everything and was silent");
  });

  test("server keeps no more than a little for a client that never reads", async () => {
    await using server = await start();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    const before = server.memory;
    using _pause = ada.stopReading();
    const what = "Ada sent 64 MiB and read nothing";
    await sendInVain(server, ada, someBytes(tooMuch), what);
    server.checkMemory(before, mayGrowBytes, what);
  });
});

describe("5 of 5, it ends well", () => {
  test("server ends after the client has ended", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("the last words");
    await ada.receive("the last words");
    await ada.receiveEnd();
  });

  test("server goes on after a client's reset", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    await ada.reset();
    await server.checkServes("Bob");
  });

  test("server lets go of a client that leaves while it is owed much", async () => {
    const server = await running();
    {
      await using ada = await server.connect("Ada");
      using _pause = ada.stopReading();
      const much = someBytes(moreThanTheKernelHolds);
      await sendInVain(server, ada, much, "Ada sent much and did not read");
    }
    await server.checkNothingLeft();
    await server.checkServes("Bob");
    await server.checkIdle("Ada had left, with much of her echo unread");
  });

  test("server sends all it owes when the client has ended and reads late", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    let much: Uint8Array;
    {
      using _pause = ada.stopReading();
      // Its end arrives when a little is owed: a server that would keep more comes to read that end.
      much = await sendUntilOwed(server, ada);
      void ada.halfClose();
      await ada.settled();
      await server.checkServes("Cleo");
      await server.checkIdle("Ada had ended her half and did not read");
    }
    await ada.receive(much);
    await ada.receiveEnd();
  });

  test("server keeps nothing of clients that have ended", async () => {
    await using server = await start();
    const before = server.openSockets;
    for (const name of ["Ada", "Bob", "Cleo"]) {
      await using client = await server.connect(name);
      await client.halfClose(name);
      await client.receive(name);
      await client.receiveEnd();
    }
    await server.checkNothingLeft();
    await server.checkNoneKept(before, "after their FIN");
  });

  test("server keeps nothing of clients that have reset", async () => {
    await using server = await start();
    const before = server.openSockets;
    for (const name of ["Ada", "Bob", "Cleo"]) {
      await using client = await server.connect(name);
      await client.send(name);
      await client.receive(name);
      await client.reset();
    }
    await server.checkNoneKept(before, "by a reset");
  });

  test("server serves 49 clients of python3 while one never reads", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) skip(missing);
    const server = await running();
    const client = fileURLToPath(new URL("../peers/many_clients.py", import.meta.url));
    const result = await runTool("python3", [client, String(server.port)]);
    server.checkTool("python3", result, "starved");
  });

  test("server stops on SIGTERM", async () => {
    const server = await running();
    await server.stop();
  });
});
