import { once } from "node:events";
import { join } from "node:path";
import net from "node:net";
import { arrayBuffer } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { root } from "../../course/disk.ts";
import { everyByte, moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";
import { Changes, late, within } from "#support/deadline.ts";
import { explainNumber, explainValue } from "#support/explain.ts";
import { describeBytes, firstDifference, fromHex, hexDifference, toBytes } from "#support/hex.ts";
import { Peer } from "#support/peer.ts";
import { freePort, hasAddress } from "#support/ports.ts";
import { hasKernelTable, kernelSocket, kernelSockets } from "#support/proc-net.ts";
import { onThisRuntime } from "#support/program.ts";
import { checkEveryCutBreaksOff, checkEveryCutRefuses } from "#support/refusals.ts";
import { naming, type Parts } from "#support/replies.ts";
import { checkEveryCut } from "#support/segments.ts";
import { Server } from "#support/server.ts";
import { diagnose } from "#support/sock-diag.ts";
import { Story } from "#support/story.ts";
import { Verdict } from "#support/verdict.ts";

const counting = join(root, "test/repo/counting-server.ts");
const echoing = join(root, "test/repo/misbehaving-server.ts");
const flags = ["--allow-net=127.0.0.1"];

async function withCounter(play: (ada: Peer) => Promise<void>, told: string): Promise<void> {
  await using server = await Server.start(onThisRuntime(counting, flags));
  await using ada = await server.connect("Ada");
  await play(ada);
  await ada.halfClose();
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
  await withCounter((ada) => ada.dribble("seven words of text", 5), "4 chunks, 5 at most");
});

test("coalesce() sends messages that arrive as one chunk", async () => {
  await withCounter((ada) => ada.coalesce(["one", "two", "three"]), "1 chunks, 11 at most");
});

test("stayQuiet() keeps the connection silent for the time given", async () => {
  await withCounter(async (ada) => {
    await ada.send("one");
    const begun = performance.now();
    await ada.stayQuiet(50);
    expect(performance.now() - begun).toBeGreaterThan(45);
    await ada.send("two");
  }, "2 chunks, 3 at most");
});

test.skipIf(!hasKernelTable)("standStill() stops a program until its scope ends", async () => {
  await using server = await Server.start(onThisRuntime(echoing, flags));
  await using ada = await server.connect("Ada");
  {
    using _stopped = await server.standStill();
    await ada.send("hello");
    await ada.settled();
    expect(ada.receivedBytes).toBe(0);
  }
  await ada.receive("hello");
});

test("trickle() sends byte after byte, and no more when the other side has ended", async () => {
  const run = onThisRuntime(echoing, flags);
  await using server = await Server.start(run, { args: ["0", "fin-too-early"] });
  await using ada = await server.connect("Ada");
  const since = performance.now();
  const last = await ada.trickle("x".repeat(1000), 20);
  expect(last).toBeGreaterThanOrEqual(since);
  expect(ada.isOpen).toBe(false);
  expect(ada.sent.length).toBeLessThan(1000);
  await ada.receiveCut({ since, sinceWhat: "her first byte", earliestMs: 0 });
});

test("comeAndReset() has each client reset once it was sent something", async () => {
  const greeting = onThisRuntime(join(root, "solutions/13-errors/1-registry.ts"), flags);
  await using server = await Server.start(greeting);
  const before = server.openSockets;
  await server.comeAndReset(20, 4);
  await server.checkNoneKept(before, "by a reset");
});

test("halfClose() ends one direction and leaves the other open", async () => {
  await using server = await Server.start(onThisRuntime(echoing, flags));
  await using ada = await server.connect("Ada");
  await ada.halfClose(everyByte);
  await ada.receive(everyByte);
  await ada.receiveEnd();
});

test("reset() leaves the server without the connection, and running", async () => {
  await using server = await Server.start(onThisRuntime(echoing, flags));
  await using ada = await server.connect("Ada");
  await ada.reset("Ada here");
  await server.checkServes("Bob");
  await server.checkNothingLeft();
});

test("finish() tells an end in order from one that turns into a reset", async () => {
  for (const outcome of ["in order", "reset"]) {
    const server = net.createServer({ allowHalfOpen: true }, (socket) => {
      socket.on("error", () => {});
      socket.end("Good-bye");
      socket.on("data", () => outcome === "reset" && socket.resetAndDestroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as net.AddressInfo;
    const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    await using ada = new Peer("Ada", socket, { story: new Story() });
    await ada.receive("Good-bye");
    await ada.receiveEnd();
    await ada.send("I have more to say");
    await ada.drained();
    if (outcome === "in order") await ada.finish();
    else await expect(ada.finish()).rejects.toThrow("(RST) behind its own end, while Ada had not");
    server.close();
  }
});

test("stopReading() holds the other side's bytes back until its scope ends", async () => {
  await using server = await Server.start(onThisRuntime(echoing, flags));
  await using ada = await server.connect("Ada");
  const much = someBytes(moreThanTheKernelHolds);
  {
    using _pause = ada.stopReading();
    void ada.send(much);
    await ada.settled();
    expect(ada.receivedBytes).toBeLessThan(much.length / 2);
  }
  await ada.receive(much);
});

test("diagnose() tells of a connection what the kernel's table tells", async ({ skip }) => {
  if (!hasKernelTable) return skip("there is no /proc/net/tcp");
  const server = net.createServer({ pauseOnConnect: true }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  const client = net.connect(port, "127.0.0.1");
  const [accepted] = await once(server, "connection");
  client.write("five!");
  const ends = {
    address: "127.0.0.1",
    port,
    peerAddress: "127.0.0.1",
    peerPort: client.localPort!,
  };
  await vi.waitFor(() => expect(diagnose(ends)?.rxQueue).toBe(5));
  const fromTable = kernelSockets().find((it) => it.port === port && it.peerPort === ends.peerPort);
  expect(kernelSocket(ends)).toEqual({ ...fromTable, peerAddress: "127.0.0.1" });
  expect(fromTable).toMatchObject({ state: "ESTABLISHED", rxQueue: 5 });
  expect(diagnose({ ...ends, peerPort: port })).toBe(null);
  client.destroy();
  accepted.destroy();
  server.close();
});

test("Program leaves no process and no listener behind when its scope ends", async () => {
  let port = 0;
  {
    await using server = await Server.start(onThisRuntime(echoing, flags));
    port = server.port;
    expect(kernelSockets().some((it) => it.port === port)).toBe(hasKernelTable);
  }
  expect(kernelSockets().filter((it) => it.port === port && it.state === "LISTEN")).toEqual([]);
});

test("freePort() gives a port that the system gives to no one else", async () => {
  expect(await freePort()).toBeLessThan(32_768);
});

test("hasAddress() knows the addresses of this machine", () => {
  expect(hasAddress("127.0.0.1")).toBe(true);
  expect(hasAddress("192.0.2.99")).toBe(false);
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

/** Records of four bytes, the last of which is a check sum. */
class Records {
  readonly #wrap: (bytes: number[]) => unknown;
  readonly #length: number;
  #bytes: number[] = [];

  constructor(wrap: (bytes: number[]) => unknown, length = 4) {
    this.#wrap = wrap;
    this.#length = length;
  }

  push(chunk: Uint8Array): unknown[] {
    this.#bytes.push(...chunk);
    const records = [];
    while (this.#bytes.length >= this.#length) {
      records.push(this.#wrap(this.#bytes.slice(0, 3)));
      this.#bytes.splice(0, 4);
    }
    return records;
  }
}

/** What comes out of it in a class of its own. */
class Reading {
  readonly #text: string;

  constructor(bytes: number[]) {
    this.#text = String.fromCharCode(...bytes);
  }

  get text(): string {
    return this.#text;
  }
}

const records = (...values: unknown[]) => values.map((value) => ({ wire: toBytes("abc+"), value }));

test("checkEveryCut() accepts bytes in any view, and objects of any class", () => {
  const bytes = toBytes("abc");
  checkEveryCut("push()", () => new Records(Buffer.from), records(bytes, bytes));
  const wanted = { text: "abc" };
  checkEveryCut("push()", () => new Records((it) => new Reading(it)), records(wanted, wanted));
});

test("checkEveryCut() refuses a message that comes before its last byte", () => {
  const samples = records(toBytes("abc"));
  expect(() => checkEveryCut("push()", () => new Records(Buffer.from, 3), samples)).toThrow(
    "gave message 1 out before its last byte had come",
  );
});

test("checkEveryCut() tells a throw at the end from one in the middle", () => {
  const samples = [{ wire: toBytes("x\n"), value: "x" }];
  const create = (method: "push" | "end") => () => {
    const lines = new Lines();
    const fail = () => {
      throw new Error("It is over");
    };
    return { push: (chunk: Uint8Array) => lines.push(chunk), end() {}, [method]: fail };
  };
  const check = (method: "push" | "end") => () =>
    checkEveryCut("Lines.push()", create(method), samples);
  expect(check("end")).toThrow("Lines.end() threw behind the last whole message");
  expect(check("push")).toThrow("Lines.push() threw after 2 bytes");
});

test("checkEveryCutRefuses() wants the fault seen once it can be seen", () => {
  const create = (most: number) => () => {
    let length = 0;
    return {
      push(chunk: Uint8Array) {
        length += chunk.length;
        if (length > most) throw new RangeError("It is too long");
        return [];
      },
      end() {
        throw new Error("It ended in the middle");
      },
    };
  };
  const hostile = { wire: toBytes("abcdef"), why: "it is too long" };
  const check = (most: number, seenAfterBytes?: number) => () =>
    checkEveryCutRefuses("push()", create(most), { ...hostile, seenAfterBytes });
  expect(check(3, 4)).not.toThrow();
  expect(check(4, 4)).toThrow("push() went on after 4 bytes, although it is too long");
  expect(check(9)).not.toThrow();
});

test("checkEveryCut() tells a view of a chunk that was kept from a wrong value", () => {
  let kept: Uint8Array = new Uint8Array();
  const push = (chunk: Uint8Array) => {
    const first = kept;
    kept = chunk;
    return chunk.at(-1) === 10 ? [String.fromCharCode(...first, ...chunk)] : [];
  };
  const create = () => {
    kept = new Uint8Array();
    return { push };
  };
  const samples = [{ wire: toBytes("ab\n"), value: "ab\n" }];
  const sentence = "push() kept a view of a chunk, and its memory was used again when push() had " +
    'returned: it gave "îb\\n" for message 1, wanted "ab\\n"';
  expect(() => checkEveryCut("push()", create, samples)).toThrow(sentence);
});

test("checkEveryCutBreaksOff() wants what came before a fault, the fault, and no more", () => {
  const slips = {
    none: "",
    loses: "push() threw (it is bad) and lost a whole message that came before that",
    goesOn: "push() went on after the fault (it is bad): the next call did not throw",
    gives: 'push() gave "bad" for message 1, although it is bad',
    neverSees: "push() went on to the end, although it is bad",
    other: "push() threw Error: bad, wanted a RangeError: it is bad",
  };
  const create = (slip: string) => () => {
    const lines = new Lines();
    let error: Error | undefined;
    return {
      push(chunk: Uint8Array) {
        if (error) throw error;
        const all = lines.push(chunk);
        const at = slip === "neverSees" ? -1 : all.indexOf("bad");
        if (at < 0) return all;
        const fault = slip === "other" ? new Error("bad") : new RangeError("bad");
        if (slip !== "goesOn") error = fault;
        if (at === 0 && slip !== "gives" || slip === "loses" || slip === "goesOn") throw fault;
        return all.slice(0, slip === "gives" ? at + 1 : at);
      },
      end() {
        if (error) throw error;
      },
    };
  };
  for (const [slip, sentence] of Object.entries(slips)) {
    const samples = [{ wire: toBytes("ok\n"), value: "ok" }];
    const fault = { wire: toBytes("bad\nx\n"), why: "it is bad", error: RangeError };
    const check = () => checkEveryCutBreaksOff("push()", create(slip), samples, fault);
    if (slip === "none") expect(check).not.toThrow();
    else expect(check, slip).toThrow(sentence);
  }
});

test("Calls.gives() names the part that differs", async () => {
  const calls = new Calls();
  const got = { flags: ["SYN"], options: [{ kind: 2, value: Buffer.of(5, 180) }], more: 1 };
  const wanted = { flags: ["SYN"], options: [{ kind: 2, value: Uint8Array.of(5, 180) }] };
  await calls.gives("parse()", () => got, wanted);
  const other = { ...wanted, flags: ["SYN", "ACK"] };
  await expect(calls.gives("parse()", () => got, other, "it is the answer to a SYN")).rejects
    .toThrow('parse() gave ["SYN"] for flags, wanted ["SYN","ACK"] (it is the answer to a SYN)');
  const bytes = { options: [{ value: Uint8Array.of(5, 181) }] };
  await expect(calls.gives("parse()", () => got, bytes)).rejects
    .toThrow("parse() gave 2 bytes 05 b4 for options[0].value, wanted 2 bytes 05 b5");
});

test("Calls.gives() names a slip with numbers, and why a call had to succeed", async () => {
  const calls = new Calls();
  await expect(calls.gives("parse()", () => ({ port: 31968 }), { port: 57468 }, "16 bits")).rejects
    .toThrow("wanted 57468 (that is what its bytes give in the other order)");
  const call = () => {
    throw new RangeError("Option 1 has the length 1");
  };
  await expect(calls.gives("parse()", call, {}, "a NOP has no length")).rejects
    .toThrow(/parse\(\) failed: RangeError: Option 1 has the length 1.* \(a NOP has no length\)/);
});

test.for<[number, number, string]>([
  [0xf000, -0x1000, "its highest bit is not a sign"],
  [0xf0000000, -0x10000000, "its highest bit is not a sign"],
  [80, 20480, "that is what its bytes give in the other order"],
  [5, 83886080, "that is what its bytes give in the other order"],
  [0x800000e8, -402653056, "its bytes are in the other order, and it has no sign"],
  [40, 10, ""],
  [200, -56, "its highest bit is not a sign"],
  [-70, 186, "its highest bit is a sign"],
  [-2, 0xfffffffe, "its highest bit is a sign"],
  [21.5, 6.179305838133146e-41, "that is what its bytes give in the other order"],
  [80, -80, ""],
  [-1, 0, ""],
])("explainNumber() says how %i becomes %i", ([wanted, got, words]) => {
  expect(explainNumber(wanted, got)).toBe(words);
});

test.for<[unknown, unknown, string]>([
  [Uint8Array.of(0, 80), Uint8Array.of(80, 0), "its bytes are in the other order"],
  [Uint8Array.of(0, 80), Uint8Array.of(0, 81), ""],
  [new Uint8Array(9), new Uint8Array(9), ""],
  [2n ** 63n, -(2n ** 63n), "its highest bit is not a sign"],
  [-1n, 2n ** 64n - 1n, "its highest bit is a sign"],
  [1n, 2n ** 56n, "that is what its bytes give in the other order"],
  [128n, -(2n ** 63n), "that is what its bytes give in the other order"],
  [2n ** 53n + 1n, 2n ** 53n, "it went through a number, which is exact up to 2 ** 53 only"],
  [2n, 3n, ""],
  [2n, 2, ""],
  [80, 20480, "that is what its bytes give in the other order"],
])("explainValue() says how %s becomes %s", ([wanted, got, words]) => {
  expect(explainValue(wanted, got)).toBe(words);
});

test("Calls.predicts() holds what was said against what happened", async () => {
  const calls = new Calls();
  await calls.predicts("sizes()", () => Promise.resolve([10]), [10], "TCP carries bytes");
  await expect(calls.predicts("sizes()", () => [5, 5], [10], "TCP carries bytes")).rejects
    .toThrow("sizes() said [5,5], and what happened was [10]: TCP carries bytes");
});

test("fromHex() takes what hex() gives, with any spaces", () => {
  expect(fromHex("48 65\n 6c")).toEqual(toBytes("Hel"));
  expect(fromHex("")).toEqual(new Uint8Array());
});

test("Calls.fails() looks into the message", async () => {
  const calls = new Calls();
  const call = () => {
    throw new RangeError("Data offset 4 is below 5");
  };
  await calls.fails("parse()", call, "the data offset is 4", ["4"]);
  await expect(calls.fails("parse()", call, "the data offset is 4", ["offset", "six"])).rejects
    .toThrow('which does not say "six": the data offset is 4');
  await calls.fails("parse()", call, "the data offset is 4", ["data OFFSET"], ["set", "five"]);
  await expect(calls.fails("parse()", call, "the data offset is 4", [], ["five", "below"])).rejects
    .toThrow('which must not say "below": the data offset is 4');
});

test("Calls.says() looks for words in a sentence, whatever their case", async () => {
  const calls = new Calls();
  const says = (text: unknown, ...words: string[]) =>
    calls.says("explain()", () => text as string, words, "two were tried");
  await says("Nobody listens at [::1]:80 (ECONNREFUSED)", "nobody listens", "[::1]:80");
  await expect(says("Nobody listens", "[::1]:80")).rejects
    .toThrow('explain() gave "Nobody listens", which does not say "[::1]:80" (two were tried)');
  await expect(says("")).rejects.toThrow('explain() gave "", which is no sentence');
  await expect(says(undefined)).rejects.toThrow("explain() gave undefined, which is no sentence");
  await expect(says("one\ntwo")).rejects.toThrow("that is more than one line");
  await expect(says("Failed at undefined:80")).rejects.toThrow('"undefined" is nothing to say');
  await says("It was Reset (ECONNRESET)", "reset");
  await expect(says("Failed: ECONNRESET", "reset")).rejects.toThrow('does not say "reset"');
});

test("Calls.says() refuses a sentence that says too much", async () => {
  const calls = new Calls();
  const says = (text: string, ...never: string[]) =>
    calls.says("explain()", () => text, ["nobody listens"], "", never);
  await says("Nobody listens (ECONNRESET)", "reset", "no answer");
  await expect(says("nobody listens, or No answer", "reset", "no answer")).rejects
    .toThrow('gave "nobody listens, or No answer", which must not say "no answer"');
});

test("Calls.says() wants the words of a list together, in any order", async () => {
  const calls = new Calls();
  const lists = [["Ada", "one"], ["Bob", "two"]];
  const says = (text: string) => calls.says("explain()", () => text, lists);
  await says("Ada: one; Bob: two");
  await says("one at Ada, two at Bob");
  await says("two at Bob and again Bob; Ada is one");
  const torn = 'which does not say "Ada", "one" together';
  await expect(says("Ada: two, Bob: one")).rejects.toThrow(torn);
  await expect(says("Ada and Bob: two, one")).rejects.toThrow(torn);
  await expect(says("Ada and Bob: one, two")).rejects.toThrow(torn);
});

test("Calls.comesToGive() waits for a value as long as the bound", async () => {
  const calls = new Calls();
  let asked = 0;
  await calls.comesToGive("asked()", () => ++asked > 3, true);
  await expect(calls.comesToGive("here()", () => ["Ada"], [], "Ada has left")).rejects
    .toThrow("(Ada has left)");
  const broken = () => {
    throw new RangeError("The list is full");
  };
  await expect(calls.comesToGive("here()", broken, [])).rejects.toThrow("The list is full");
});

test("Calls.listensOn() asks the server itself", async () => {
  const calls = new Calls();
  await using server = net.createServer();
  const check = () => calls.listensOn("listen()", server, "127.0.0.1");
  expect(check).toThrow("listen() had returned, and its server does not listen");
  await once(server.listen(0, "0.0.0.0"), "listening");
  expect(check).toThrow("0.0.0.0 (every network of the machine), not on 127.0.0.1");
  server.close();
  await once(server.listen(0, "127.0.0.1"), "listening");
  expect(check).not.toThrow();
});

test("Calls.serve() gives the server's verdict at the end of its scope", async () => {
  const calls = new Calls();
  const run = async () => {
    await using server = await calls.serve(async (server) => {
      await server.halfClose("hi");
      await server.receive("this never comes");
    });
    const ask = () => arrayBuffer(net.connect(server.port, "127.0.0.1"));
    await calls.returns("ask()", async () => new Uint8Array(await ask()), toBytes("hi"));
  };
  await expect(run()).rejects.toThrow("0 of 16 bytes");
});

test("receiveAll() waits as long as bytes come", async () => {
  const calls = new Calls();
  await using server = await calls.serve(async (server) => {
    for (let i = 0; i < 9; i++) {
      await server.send(String(i));
      await server.stayQuiet(150);
    }
    await server.halfClose();
  });
  await using bob = new Peer("Bob", net.connect(server.port, "127.0.0.1"), calls);
  expect(await bob.receiveAll()).toEqual(toBytes("012345678"));
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
  expect(run).toThrow(/ \(again with the words: check seed=42\)/);
  const [first, second] = [1, 2].map(() => {
    try {
      return run();
    } catch (error) {
      return String(error);
    }
  });
  expect(first).toBe(second);
});

test("naming() says what was received, and in which part it differs", async () => {
  const story = new Story();
  story.tell("Ada connected");
  const parts: Parts = [[2, "the length"], [Infinity, "the payload"]];
  const refused = (sentence: string) =>
    naming("the answer", Promise.reject(new Verdict("bytes-differ", sentence, { story })), parts);
  await expect(refused("Byte 1 came back as 0x00, not 0x05")).rejects.toThrow(
    "Byte 1 came back as 0x00, not 0x05 (the length of the answer)\n    ",
  );
  await expect(refused("Byte 2 came back as nothing")).rejects.toThrow(
    "(the payload of the answer)",
  );
  await expect(refused("It ended (FIN)")).rejects.toThrow("It ended (FIN) (the answer)");
  await expect(naming("x", Promise.reject(new TypeError("no verdict")))).rejects.toThrow(TypeError);
  await naming("the answer", Promise.resolve());
});
