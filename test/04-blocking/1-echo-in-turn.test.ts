import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { everyByte, moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import { freePort } from "#support/ports.ts";
import { missingTool } from "#support/tool.ts";

const { start, running } = programExercise(import.meta.url);
const pythonClient = fileURLToPath(new URL("../peers/echo_client.py", import.meta.url));

describe("1 of 5, it listens", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
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

describe("2 of 5, it echoes", () => {
  test("server sends back what it received, and ends when its client does", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Hello, TCP server!");
    await ada.receive("Hello, TCP server!");
    await ada.halfClose();
    await ada.receiveEnd();
  });

  test("server goes on after the first chunk", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("one");
    await ada.receive("one");
    await ada.stayQuiet(10);
    await ada.send("two");
    await ada.coalesce(["three", "four"]);
    await ada.receive("twothreefour");
  });

  test("server waits for a client that says nothing", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.stayQuiet(300);
    await ada.send("still there");
    await ada.receive("still there");
  });

  test("server sends back every byte value", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(everyByte);
    await ada.receive(everyByte);
  });

  test("server waits for a client that reads late", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const much = someBytes(moreThanTheKernelHolds);
    {
      using _pause = ada.stopReading();
      void ada.halfClose(much);
      await ada.settled();
    }
    await ada.receive(much);
    await ada.receiveEnd();
  });
});

describe("3 of 5, one after the other", () => {
  test("server ends when the client has ended, with a word or without", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("the last words");
    await ada.receive("the last words");
    await ada.receiveEnd();
    await using bob = await server.connect("Bob");
    await bob.halfClose();
    await bob.receiveEnd();
  });

  test("server serves the next client when the first has left, and no sooner", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    await using bob = await server.connect("Bob");
    await bob.send("Bob here");
    await using cleo = await server.connect("Cleo");
    await cleo.halfClose("Cleo here");
    await bob.checkWaits("Ada");
    await ada.halfClose(", still");
    await ada.receive(", still");
    await ada.receiveEnd();
    await bob.receive("Bob here");
    await cleo.checkWaits("Bob");
    await bob.halfClose();
    await bob.receiveEnd();
    await cleo.receive("Cleo here");
    await cleo.receiveEnd();
  });

  test("server gives everyone a turn who waits", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    const others = [];
    for (let i = 1; i <= 100; i++) {
      const client = await server.connect(`client ${i}`);
      await client.halfClose(`client ${i} here`);
      others.push(client);
    }
    await ada.halfClose();
    await ada.receiveEnd();
    for (const client of others) {
      await client.receive(`${client.name} here`);
      await client.receiveEnd();
    }
  });
});

describe("4 of 5, it outlives its clients", () => {
  test("server goes on after a client's reset, and closes its socket", async () => {
    const server = await running();
    const before = server.openSockets;
    for (const name of ["Ada", "Bob", "Cleo", "Dan"]) {
      await using client = await server.connect(name);
      await client.send(`${name} here`);
      await client.receive(`${name} here`);
      await client.reset();
    }
    await server.checkNoneKept(before, "by a reset");
  });

  test("server goes on after a client that leaves without reading its echo", async () => {
    const server = await running();
    {
      await using ada = await server.connect("Ada");
      using _pause = ada.stopReading();
      void ada.send(someBytes(moreThanTheKernelHolds));
      await ada.settled();
    }
    await server.checkServes("Bob");
  });

  test("server goes on after clients that reset while they waited", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    await using bob = await server.connect("Bob");
    await bob.abort();
    await using cleo = await server.connect("Cleo");
    await cleo.halfClose("Cleo here");
    await cleo.abort();
    await ada.halfClose();
    await ada.receiveEnd();
    await server.checkServes("Dan");
  });
});

describe("5 of 5, it works with others", () => {
  test("server serves a client in Python", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) skip(missing);
    const server = await running();
    const args = [pythonClient, String(server.port), "--random", String(1 << 20)];
    await server.checkClient("python3", args);
    await server.checkServes("Ada");
  });

  test("server stops on SIGTERM while it waits for a client", async () => {
    await using server = await start();
    await server.stop();
  });

  test("server stops on SIGTERM while it serves one", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("Ada here");
    await ada.receive("Ada here");
    await server.stop();
  });
});
