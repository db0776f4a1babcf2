import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../course/disk.ts";
import { everyByte, moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { Changes, late, within } from "#support/deadline.ts";
import { coalesce } from "#support/faults/coalesce.ts";
import { delay } from "#support/faults/delay.ts";
import { dribble } from "#support/faults/dribble.ts";
import { halfClose } from "#support/faults/half-close.ts";
import { reset } from "#support/faults/reset.ts";
import { stopReading } from "#support/faults/stop-reading.ts";
import { describeBytes, firstDifference, hexDifference, toBytes } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { freePort } from "#support/ports.ts";
import { hasKernelTable, kernelSockets } from "#support/proc-net.ts";
import { onThisRuntime, Program } from "#support/program.ts";
import { checkEveryCut } from "#support/segments.ts";
import { Story } from "#support/story.ts";

const counting = join(root, "test/repo/counting-server.ts");
const echoing = join(root, "test/repo/misbehaving-server.ts");
const flags = ["--allow-net=127.0.0.1"];

async function withCounter(play: (ada: Peer) => Promise<void>, told: string): Promise<void> {
  await using server = await Program.start(onThisRuntime(counting, flags));
  await using ada = await server.connect("Ada");
  await play(ada);
  await halfClose(ada);
  await ada.receive(told);
  await ada.receiveEnd();
}

test.skipIf(!hasKernelTable)("drained() lets 500 writes arrive as 500 reads", async () => {
  await withCounter(async (ada) => {
    for (let i = 0; i < 500; i++) {
      await ada.send("x");
      await ada.drained();
    }
  }, "500 chunks, 1 at most");
});

test.skipIf(!hasKernelTable)("dribble() sends pieces that arrive one by one", async () => {
  await withCounter((ada) => dribble(ada, "seven words of text", 5), "4 chunks, 5 at most");
});

test("coalesce() sends messages that arrive as one chunk", async () => {
  await withCounter((ada) => coalesce(ada, ["one", "two", "three"]), "1 chunks, 11 at most");
});

test("delay() keeps the connection silent for the time given", async () => {
  await withCounter(async (ada) => {
    await ada.send("one");
    const begun = performance.now();
    await delay(ada, 50);
    expect(performance.now() - begun).toBeGreaterThan(45);
    await ada.send("two");
  }, "2 chunks, 3 at most");
});

test("halfClose() ends one direction and leaves the other open", async () => {
  await using server = await Program.start(onThisRuntime(echoing, flags));
  await using ada = await server.connect("Ada");
  await halfClose(ada, everyByte);
  await ada.receive(everyByte);
  await ada.receiveEnd();
});

test("reset() leaves the server without the connection, and running", async () => {
  await using server = await Program.start(onThisRuntime(echoing, flags));
  await using ada = await server.connect("Ada");
  await reset(ada, "Ada here");
  await server.checkServes("Bob");
  await server.checkNothingLeft();
});

test("stopReading() holds the other side's bytes back until its scope ends", async () => {
  await using server = await Program.start(onThisRuntime(echoing, flags));
  await using ada = await server.connect("Ada");
  const much = someBytes(moreThanTheKernelHolds);
  {
    using _pause = stopReading(ada);
    void ada.send(much);
    await ada.settled();
    expect(ada.receivedBytes).toBeLessThan(much.length / 2);
  }
  await ada.receive(much);
});

test("Program leaves no process and no listener behind when its scope ends", async () => {
  let port = 0;
  {
    await using server = await Program.start(onThisRuntime(echoing, flags));
    port = server.port;
    expect(kernelSockets().some((it) => it.port === port)).toBe(hasKernelTable);
  }
  expect(kernelSockets().filter((it) => it.port === port && it.state === "LISTEN")).toEqual([]);
});

test("freePort() gives a port that the system gives to no one else", async () => {
  expect(await freePort()).toBeLessThan(32_768);
});

test("within() gives up when the time has passed", async () => {
  expect(await within(5, new Promise(() => {}))).toBe(late);
  expect(await within(5000, Promise.resolve("in time"))).toBe("in time");
});

test("Changes.until() says whether a condition came to hold in time", async () => {
  const changes = new Changes();
  let value = 0;
  queueMicrotask(() => {
    value = 1;
    changes.tell();
  });
  expect(await changes.until(() => value === 1, 5000)).toBe(true);
  expect(await changes.until(() => value === 2, 5)).toBe(false);
});

test("Story joins chunks that went the same way", () => {
  const story = new Story();
  story.tellBytes("Ada sent", toBytes("one"));
  story.tellBytes("Ada sent", toBytes("two"));
  story.tellBytes("Ada received", toBytes("onetwo"));
  expect(story.lines().map((line) => line.replace(/ +\d+ ms/, ""))).toEqual([
    " 1.  Ada sent 6 bytes in 2 pieces",
    ' 2.  Ada received 6 bytes "onetwo"',
  ]);
});

test("describeBytes() shows text as text and bytes as hex", () => {
  expect(describeBytes(toBytes("a\r\n"))).toBe('3 bytes "a\\r\\n"');
  expect(describeBytes(Uint8Array.of(0xff, 0))).toBe("2 bytes ff 00");
  expect(describeBytes(new Uint8Array())).toBe("0 bytes");
});

test("firstDifference() finds the first byte that differs or is too many", () => {
  expect(firstDifference(toBytes("abc"), toBytes("abd"))).toBe(2);
  expect(firstDifference(toBytes("abc"), toBytes("ab"))).toBe(-1);
  expect(firstDifference(toBytes("abc"), toBytes("abcd"))).toBe(3);
});

test("hexDifference() puts the caret under the byte that differs", () => {
  const [wanted, , got, , caret] = hexDifference(toBytes("hello"), toBytes("help!"), 3);
  expect(wanted!.slice(caret!.indexOf("^"), caret!.indexOf("^") + 2)).toBe("6c");
  expect(got!.slice(caret!.indexOf("^"), caret!.indexOf("^") + 2)).toBe("70");
});

/** Lines that end in LF, decoded whole. */
class Lines {
  #bytes: number[] = [];

  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    for (const byte of chunk) {
      if (byte !== 10) this.#bytes.push(byte);
      else lines.push(new TextDecoder().decode(Uint8Array.from(this.#bytes.splice(0))));
    }
    return lines;
  }
}

test("checkEveryCut() accepts a decoder that is right at every cut", () => {
  const samples = ["GET a", "naïve €", "", "x"].map((value) => ({
    wire: toBytes(`${value}\n`),
    value,
  }));
  checkEveryCut("Lines.push()", () => new Lines(), samples);
});

test("checkEveryCut() names the seed of a cutting that only chance can find", () => {
  // Goes wrong when exactly three chunks have come and the third is long: no small cutting does that.
  const create = () => {
    const lines = new Lines();
    let chunks = 0;
    return {
      push(chunk: Uint8Array) {
        return ++chunks === 4 && chunk.length === 5 ? ["wrong"] : lines.push(chunk);
      },
    };
  };
  const value = "a long line with words in it, and more of them than fit into sixty-four bytes";
  const samples = [{ wire: toBytes(`${value}\n`), value }];
  const run = () => checkEveryCut("Lines.push()", create, samples, 42);
  expect(run).toThrow(/seed 42/);
  const [first, second] = [1, 2].map(() => {
    try {
      return run();
    } catch (error) {
      return String(error);
    }
  });
  expect(first).toBe(second);
});
