import { describe, test } from "vitest";
import { programExercise } from "#support/exercise.ts";
import { freePort } from "#support/ports.ts";
import { everyByte, moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";

const { start, running } = programExercise(import.meta.url);

describe("1 of 4, it listens", () => {
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
});

describe("2 of 4, it echoes", () => {
  test("server sends back what it received", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Hello, TCP server!");
    await ada.receive("Hello, TCP server!");
  });

  test("server goes on after the first chunk", async () => {
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

  test("server sends back a megabyte", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const megabyte = someBytes(1 << 20);
    await ada.send(megabyte);
    await ada.receive(megabyte);
  });
});

describe("3 of 4, it serves several clients", () => {
  test("server answers a second client while the first stays", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    await using bob = await server.connect("Bob");
    await bob.send("Bob here");
    await bob.receive("Bob here");
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

describe("4 of 4, it ends well", () => {
  test("server ends after the client has ended", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("the last words");
    await ada.receive("the last words");
    await ada.receiveEnd();
  });

  test("server ends when the client ends without a word", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await ada.receiveEnd();
  });

  test("server sends all it owes when the client has ended and reads late", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    const much = someBytes(moreThanTheKernelHolds);
    {
      using _pause = ada.stopReading();
      void ada.halfClose(much);
      await ada.settled();
      await server.checkServes("Bob");
    }
    await ada.receive(much);
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

  test("server stops on SIGTERM", async () => {
    const server = await running();
    await server.stop();
  });
});
