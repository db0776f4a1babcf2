import { once } from "node:events";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { FixedRecords } from "#exercises/07-stream/1-fixed-records.ts";
import { someBytes } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";
import { Child } from "#support/child.ts";
import { checkCost } from "#support/cost.ts";
import type { Sample } from "#support/cuttings.ts";
import { fedBuffers } from "#support/decoder.ts";
import { fromHex } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { checkEveryCutRefuses } from "#support/refusals.ts";
import { checkEveryCut } from "#support/segments.ts";
import { missingTool, portOf } from "#support/tool.ts";

const push = "push()";
const end = "end()";
const name = "FixedRecords.push()";
const dribbler = fileURLToPath(new URL("../peers/dribbler.py", import.meta.url));

/** A stream cut where records of this length end; written out here, in hex. */
function samples(length: number, stream: string): Sample<Uint8Array>[] {
  const bytes = fromHex(stream);
  return Array.from({ length: bytes.length / length }, (_, i) => {
    const wire = bytes.slice(i * length, (i + 1) * length);
    return { wire, value: wire };
  });
}

/** Records of 3 bytes: one of zeros and two of a kind are records like any other. */
const three = samples(3, "616263 000000 0a0d0a 0a0d0a ff00fe");

/** All records of a connection, up to its end. */
async function recordsOf(port: number, length: number): Promise<Uint8Array[]> {
  const decoder = new FixedRecords(length);
  const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  const records: Uint8Array[] = [];
  const ended = once(socket, "end");
  socket.on("data", (chunk) => records.push(...decoder.push(chunk)));
  try {
    await ended;
    decoder.end();
    return records;
  } finally {
    socket.destroy();
  }
}

/** Has a peer send a stream of records, and looks at what comes of it. */
async function overASocket(
  how: string,
  wanted: Uint8Array[],
  play: (peer: Peer) => Promise<void>,
): Promise<void> {
  const calls = new Calls();
  const { length } = wanted[0]!;
  await using server = await calls.serve(play, { name: "Ada" });
  const call = () => recordsOf(server.port, length);
  await calls.gives(`push() of what Ada sent ${how}`, call, wanted);
}

describe("1 of 4, it cuts a stream into records", () => {
  test("push() gives a record when its last byte has come", async () => {
    const calls = new Calls();
    const decoder = await calls.gives("new FixedRecords(4)", () => new FixedRecords(4), {});
    const all: Uint8Array[] = [];
    const seen: Uint8Array[] = [];
    const next = async (bytes: string, wanted: string[], why: string) => {
      const call = () => decoder.push(fromHex(bytes));
      all.push(...await calls.gives(`push() of ${bytes}`, call, wanted.map(fromHex), why));
      seen.push(...wanted.map(fromHex));
      for (const [k, record] of all.entries()) calls.unchanged(`record ${k + 1}`, record, seen[k]!);
    };
    await next("01 02 03 04", ["01020304"], "a record has 4 bytes");
    await next("05 06", [], "2 of 4 bytes have come");
    await next("07 08", ["05060708"], "2 bytes had come before");
    await next("09 0a 0b 0c 0d 0e 0f 10", ["090a0b0c", "0d0e0f10"], "these are two records");
    await next("11 12 13 14 15", ["11121314"], "one record, and a byte of the next");
    await next("16 17 18", ["15161718"], "1 byte was left over before");
  });

  test("push() gives the same records however the stream is cut", () => {
    checkEveryCut(name, () => new FixedRecords(3), three);
  });

  test("push() gives the same records when the chunks are Buffers, as those of node:net are", () => {
    checkEveryCut("FixedRecords.push() of Buffers", fedBuffers(() => new FixedRecords(3)), three);
  });

  test("push() gives records of 9 bytes however the stream is cut", () => {
    const nine = "500000000100000064 500000000200000065 410000000100000002 41ffffffff7fffffff";
    checkEveryCut(name, () => new FixedRecords(9), samples(9, nine));
  });

  test("push() gives records of 1 byte however the stream is cut", () => {
    checkEveryCut(name, () => new FixedRecords(1), samples(1, "00 0a 61 ff 00"));
  });

  test("push() takes the chunk, and not the memory around it", async () => {
    const calls = new Calls();
    const decoder = await calls.gives("new FixedRecords(4)", () => new FixedRecords(4), {});
    const around = fromHex("eeeeee 01020304 0506 eeee");
    const chunk = around.subarray(3, 9);
    const why = "a chunk may be a view into more memory";
    await calls.gives(push, () => decoder.push(chunk), [fromHex("01020304")], why);
    const rest = fromHex("0708");
    await calls.gives(push, () => decoder.push(rest), [fromHex("05060708")], why);
  });

  test("push() takes an empty chunk for nothing", async () => {
    const calls = new Calls();
    const decoder = await calls.gives("new FixedRecords(2)", () => new FixedRecords(2), {});
    const empty = "push() of an empty chunk";
    await calls.gives(empty, () => decoder.push(new Uint8Array(0)), []);
    await calls.gives("push() of half a record", () => decoder.push(fromHex("01")), []);
    await calls.gives(empty, () => decoder.push(new Uint8Array(0)), [], "half a record has come");
    const rest = () => decoder.push(fromHex("02"));
    await calls.gives("push() of the other half", rest, [fromHex("0102")]);
  });

  test("push() keeps two streams apart", async () => {
    const calls = new Calls();
    const ada = await calls.gives("new FixedRecords(4)", () => new FixedRecords(4), {});
    const bob = await calls.gives("new FixedRecords(4)", () => new FixedRecords(4), {});
    const why = "another decoder has the other half";
    const half = fromHex("0a0a");
    const other = fromHex("0b0b");
    await calls.gives("push() of half a record of Ada's", () => ada.push(half), [], why);
    await calls.gives("push() of half a record of Bob's", () => bob.push(other), [], why);
    const whole = [fromHex("0a0a0a0a")];
    await calls.gives("push() of the rest of Ada's", () => ada.push(half), whole, "all are Ada's");
  });
});

describe("2 of 4, it borrows chunks and gives records away", () => {
  test("push() needs the chunk no more when it has returned", async () => {
    const calls = new Calls();
    const decoder = await calls.gives("new FixedRecords(4)", () => new FixedRecords(4), {});
    const chunk = fromHex("01020304 0506");
    const records = await calls.gives(push, () => decoder.push(chunk), [fromHex("01020304")]);
    calls.story.tell("the chunk's owner wrote over it");
    chunk.fill(0xee);
    calls.unchanged("the first record", records[0]!, fromHex("01020304"));
    const why = "05 06 had come before, and the chunk was only lent";
    await calls.gives(push, () => decoder.push(fromHex("0708")), [fromHex("05060708")], why);
  });
});

describe("3 of 4, it knows a good end from a bad one", () => {
  test("end() accepts an end between two records", async () => {
    const calls = new Calls();
    const decoder = await calls.gives("new FixedRecords(4)", () => new FixedRecords(4), {});
    await calls.gives(push, () => decoder.push(fromHex("010203")), []);
    await calls.gives(push, () => decoder.push(fromHex("04")), [fromHex("01020304")]);
    await calls.gives(end, () => decoder.end(), undefined, "no byte was left over");
  });

  test("end() accepts an end before the first byte", async () => {
    const calls = new Calls();
    const decoder = await calls.gives("new FixedRecords(4)", () => new FixedRecords(4), {});
    await calls.gives(end, () => decoder.end(), undefined, "nothing has come");
  });

  test("end() fails in the middle of a record", async () => {
    const calls = new Calls();
    const decoder = await calls.gives("new FixedRecords(12)", () => new FixedRecords(12), {});
    await calls.gives(push, () => decoder.push(new Uint8Array(12 + 7)), [new Uint8Array(12)]);
    const why = "7 of 12 bytes of a record had come";
    await calls.fails(end, () => decoder.end(), why, ["7", "12"]);
  });

  test("end() fails in the middle of a record however the stream is cut", () => {
    for (const wire of [fromHex("61"), fromHex("616263 6465"), fromHex("000000 000000 00")]) {
      const why = "the stream ended in the middle of a record of 3 bytes";
      checkEveryCutRefuses("FixedRecords.end()", () => new FixedRecords(3), { wire, why });
    }
  });

  test("constructor refuses a length that is none", async () => {
    for (const length of [0, -4, 2.5, NaN, Infinity]) {
      const calls = new Calls();
      const why = `no record has ${length} bytes`;
      const call = `new FixedRecords(${length})`;
      await calls.throws(call, () => new FixedRecords(length), why, RangeError);
    }
  });
});

/** Takes one byte after the other: slower than copying in blocks, and linear. */
class ByteByByte {
  #record: Uint8Array;
  #filled = 0;

  constructor(length: number) {
    this.#record = new Uint8Array(length);
  }

  push(chunk: Uint8Array): Uint8Array[] {
    const records: Uint8Array[] = [];
    for (const byte of chunk) {
      this.#record[this.#filled++] = byte;
      if (this.#filled < this.#record.length) continue;
      records.push(this.#record);
      this.#record = new Uint8Array(this.#record.length);
      this.#filled = 0;
    }
    return records;
  }
}

describe("4 of 4, it lasts", () => {
  test("push() takes no longer for each byte of a long record", () => {
    const length = 2 << 20;
    const reference = () => new ByteByByte(length);
    checkCost(name, () => new FixedRecords(length), reference, someBytes(length));
  });

  test("push() takes no longer for each record of a long chunk", () => {
    const reference = () => new ByteByByte(32);
    checkCost(name, () => new FixedRecords(32), reference, someBytes(1 << 19), { atOnce: true });
  });

  test("push() cuts what a socket gives, one byte at a time", async () => {
    const wanted = three.map(({ value }) => value);
    const all = Buffer.concat(wanted);
    await overASocket("one byte at a time", wanted, async (ada) => {
      await ada.dribble(all);
      await ada.halfClose();
    });
  });

  test("push() cuts what a socket gives, all of it at once", async () => {
    const wanted = Array.from({ length: 3000 }, (_, i) => someBytes(300).map((byte) => byte ^ i));
    await overASocket("in one go", wanted, (ada) => ada.halfClose(Buffer.concat(wanted)));
  });

  test("end() fails when a socket ends in the middle of a record", async () => {
    const calls = new Calls();
    const play = async (ada: Peer) => {
      await ada.dribble(fromHex("01020304 05060708 090a0b"), 5);
      await ada.halfClose();
    };
    await using server = await calls.serve(play, { name: "Ada" });
    const call = () => recordsOf(server.port, 4);
    await calls.fails(end, call, "Ada ended after 3 of 4 bytes of a record", ["3", "4"]);
  });

  test("push() cuts what a python3 server dribbles", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) skip(missing);
    const calls = new Calls();
    await using python = new Child({ command: "python3", args: [dribbler, "0"] });
    const decoder = await calls.gives("new FixedRecords(16)", () => new FixedRecords(16), {});
    const socket = net.connect({ port: await portOf(python), host: "127.0.0.1" });
    const ended = once(socket, "end");
    const records: Uint8Array[] = [];
    socket.on("data", (chunk) => records.push(...decoder.push(chunk)));
    // It sends 64 bytes, each by itself; then the SHA-256 of what it got until our FIN: of nothing.
    socket.end();
    const wanted: Uint8Array[] = Array.from(
      { length: 4 },
      (_, k) => Uint8Array.from({ length: 16 }, (_, i) => k * 16 + i),
    );
    const nothing = "e3b0c44298fc1c149afbf4c8996fb924 27ae41e4649b934ca495991b7852b855";
    wanted.push(...samples(16, nothing).map(({ value }) => value));
    await calls.gives("push() of what python3 sent", async () => {
      await ended;
      decoder.end();
      return records;
    }, wanted);
  });
});
