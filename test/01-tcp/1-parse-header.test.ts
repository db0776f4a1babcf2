import { describe, test } from "vitest";
import { parseHeader } from "#exercises/01-tcp/1-parse-header.ts";
import { Calls } from "#support/calls.ts";
import { storedSegments, tsharkReads } from "#support/captures.ts";
import { fromHex, hex } from "#support/hex.ts";

/** whoami.pcapng, frame 1. */
const syn = fromHex(`
  e07c ff98 e87837d6 00000000 a002 faf0 4137 0000
  0204 05b4  0402  080a 94646309 00000000  01  0303 0a
`);

/** refused.pcapng, frame 2: no options, no payload. */
const refusal = fromHex("ff99 9e42 00000000 24ba6f9e 5014 0000 6999 0000");

/** A header of our own: twenty bytes and options, filled up with zeros to whole words. */
function header(
  { options = "", words, reserved = 0, byte13 = 0x10, payload = "" }: {
    options?: string;
    /** the data offset, when it is not that of twenty bytes and the options */
    words?: number;
    reserved?: number;
    byte13?: number;
    payload?: string;
  } = {},
): Uint8Array {
  const list = fromHex(options);
  const end = 20 + Math.ceil(list.length / 4) * 4;
  const bytes = new Uint8Array(end + fromHex(payload).length);
  bytes.set(fromHex("1f90 0050 e1020304 c5060708 0000 faf0 beef 0000"));
  bytes[12] = (words ?? end / 4) << 4 | reserved;
  bytes[13] = byte13;
  bytes.set(list, 20);
  bytes.set(fromHex(payload), end);
  return bytes;
}

/** Has a segment parsed and compares what comes of it. */
async function gives(what: string, segment: Uint8Array, wanted: object, why: string) {
  const call = () => parseHeader(segment);
  await showing(segment).gives(`parseHeader() of ${what}`, call, wanted, why);
}

/** Has a segment refused, in a message that names the wrong number. */
async function refuses(what: string, segment: Uint8Array, why: string, says = "") {
  const call = () => parseHeader(segment);
  await showing(segment).fails(`parseHeader() of ${what}`, call, why, [says]);
}

function showing(segment: Uint8Array): Calls {
  const calls = new Calls();
  for (let at = 0; at < segment.length; at += 16) {
    calls.story.tell(`from byte ${at}: ${hex(segment.subarray(at, at + 16))}`);
  }
  return calls;
}

const names = ["cwr", "ece", "urg", "ack", "psh", "rst", "syn", "fin"] as const;

/** All flags, set where their bit is. */
function flagsOf(byte13: number): Record<string, boolean> {
  return Object.fromEntries(names.map((name, i) => [name, (byte13 & 0x80 >> i) !== 0]));
}

describe("1 of 4, it reads the twenty bytes", () => {
  test("parseHeader() reads the ports", async () => {
    const [sourcePort, destinationPort] = [65433, 40514];
    await gives("a refusal", refusal, { sourcePort, destinationPort }, "16 bits each");
  });

  test("parseHeader() reads numbers of 32 bits", async () => {
    const numbers = { sequenceNumber: 0xe1020304, acknowledgmentNumber: 0xc5060708 };
    await gives("a header", header(), numbers, "four bytes, the first one the highest");
    const asItStands = "as it stands there, whatever the flags say";
    await gives("a header without ACK", header({ byte13: 2 }), numbers, asItStands);
  });

  test("parseHeader() finds where the payload begins", async () => {
    const begins = (what: string, bytes: Uint8Array, words: number) => {
      const why = `the data offset is ${words}, in words of four bytes`;
      return gives(what, bytes, { payloadOffset: words * 4 }, why);
    };
    await begins("a refusal", refusal, 5);
    // Zeros are an end of the list of options, and what may follow it.
    await begins("a header of ten words", header({ options: "00".repeat(20) }), 10);
    await begins("a header of 15 words", header({ options: "00".repeat(40), payload: "ff" }), 15);
    // Four bits in front of the flags that nobody is to look at.
    const reserved = header({ reserved: 15, payload: "00000000" });
    await begins("a header whose reserved bits are set", reserved, 5);
  });

  test("parseHeader() tells every flag from the others", async () => {
    for (const [i, name] of names.entries()) {
      const byte13 = 0x80 >> i;
      const why = `byte 13 is 0x${byte13.toString(16).padStart(2, "0")}`;
      const what = `a header with ${name.toUpperCase()} alone`;
      await gives(what, header({ byte13 }), { flags: flagsOf(byte13) }, why);
    }
  });

  test("parseHeader() tells flags that are set together", async () => {
    const why = "byte 13 is 0x14: each flag has a bit of its own";
    await gives("a refusal", refusal, { flags: flagsOf(0x14) }, why);
    const all = header({ byte13: 0xff });
    await gives("a header with every flag", all, { flags: flagsOf(0xff) }, "byte 13 is 0xff");
    const reserved = header({ reserved: 15, byte13: 0 });
    const noFlags = "byte 13 is 0x00, and the reserved bits are no flags";
    await gives("a header whose reserved bits are set", reserved, { flags: flagsOf(0) }, noFlags);
  });

  test("parseHeader() reads window, checksum and urgent pointer", async () => {
    const bytes = header({ byte13: 0x30 });
    bytes.set(fromHex("8001"), 18);
    const rest = { window: 0xfaf0, checksum: 0xbeef, urgentPointer: 0x8001 };
    await gives("an urgent header", bytes, rest, "16 bits each");
    const plain = header({ byte13: 0x10 });
    plain.set(fromHex("8001"), 18);
    const stands = "it stands there, though URG is not set";
    await gives("a header without URG", plain, { urgentPointer: 0x8001 }, stands);
  });

  test("parseHeader() reads a part of a larger buffer", async () => {
    const buffer = new Uint8Array(100).fill(0x50);
    buffer.set(refusal, 33);
    const part = buffer.subarray(33, 33 + refusal.length);
    const wanted = { checksum: 0x6999, acknowledgmentNumber: 616198046, payloadOffset: 20 };
    const why = "a Uint8Array need not begin where its buffer does";
    await gives("bytes 33 to 52 of a larger buffer", part, wanted, why);
  });
});

describe("2 of 4, it reads options", () => {
  /** Has a header parsed that has these options. */
  const reads = (hex: string, options: object, why: string) =>
    gives(`a header with ${hex}`, header({ options: hex }), { options }, why);

  test("parseHeader() gives a header without options none", async () => {
    const options = {
      mss: undefined,
      windowScale: undefined,
      sackPermitted: false,
      sack: undefined,
      timestamps: undefined,
      others: [],
    };
    await gives("a refusal", refusal, { options }, "it has none");
    // Four bytes of payload that look like an MSS.
    const bytes = header({ payload: "020405b4" });
    const why = "the data offset is 5: these bytes are payload";
    await gives("a header before 020405b4", bytes, { options }, why);
  });

  test("parseHeader() reads the maximum segment size", async () => {
    await reads("020405b4", { mss: 1460 }, "kind 2, length 4, 0x05b4");
    await reads("0204ffd7", { mss: 65495 }, "kind 2, length 4, 0xffd7");
  });

  test("parseHeader() reads SACK permitted and the window scale", async () => {
    const permitted = "kind 4, length 2: it says all by being there";
    await reads("0402", { sackPermitted: true, others: [] }, permitted);
    await reads("03030a", { windowScale: 10 }, "kind 3, length 3, shift 10");
    await reads("030300", { windowScale: 0 }, "kind 3, length 3, shift 0");
  });

  test("parseHeader() reads timestamps", async () => {
    const timestamps = { timestamps: { value: 0x94646310, echo: 0xf884b1bd } };
    const why = "kind 8, length 10, two numbers of 32 bits";
    await reads("080a 94646310 f884b1bd", timestamps, why);
  });

  test("parseHeader() steps over a NOP", async () => {
    const why = "a NOP, kind 1, is one byte and has no length";
    await reads("01 01 0402", { sackPermitted: true, others: [] }, why);
    await reads("01 020405b4 01 01 01", { mss: 1460 }, why);
  });

  test("parseHeader() goes from one option to the next by its length", async () => {
    const options = {
      mss: 1460,
      windowScale: 10,
      sackPermitted: true,
      timestamps: { value: 2489606921, echo: 0 },
      others: [],
    };
    const why = "an option's length counts its kind and its length, too";
    await gives("a SYN", syn, { options }, why);
    await gives("a SYN", syn, { window: 64240 }, "as it stands there, before any scaling");
  });

  test("parseHeader() reads SACK blocks", async () => {
    const one = { sack: [{ left: 0xfffff000, right: 0x00000400 }] };
    const why = "kind 5, length 2 + 8 for each block, two numbers of 32 bits in it";
    await reads("01 01 050a fffff000 00000400", one, why);
    const sack = [1000, 3000, 5000, 7000].map((left) => ({ left, right: left + 1000 }));
    const options =
      "01 01 0522 000003e8 000007d0 00000bb8 00000fa0 00001388 00001770 00001b58 00001f40";
    const bytes = header({ options });
    await gives("a header with four SACK blocks", bytes, { options: { sack, others: [] } }, why);
  });

  test("parseHeader() ends at the end of the list", async () => {
    const why = "behind kind 0 comes padding, and nobody looks at it";
    const one = { mss: 1460, sackPermitted: false, others: [] };
    await reads("020405b4 00 000000", one, why);
    await reads("020405b4 00 0402 01", one, why);
    await reads("00 ff0000", { sackPermitted: false, others: [] }, why);
  });

  test("parseHeader() keeps options that it does not know", async () => {
    const why = "another kind is kept with its data";
    const cookie = { others: [{ kind: 34, data: fromHex("0123456789abcdef") }] };
    await reads("220a 0123456789abcdef 01 01", cookie, why);
    const others = [{ kind: 253, data: fromHex("f989") }, { kind: 30, data: fromHex("") }];
    await reads("fd04f989 020405b4 1e02 0101", { mss: 1460, others }, why);
  });
});

describe("3 of 4, it refuses what is no header", () => {
  test("parseHeader() fails when there are fewer than 20 bytes", async () => {
    const why = "a header has at least 20";
    await refuses("19 bytes", header().slice(0, 19), why, "19");
    await refuses("no bytes", new Uint8Array(), why, "0");
    const buffer = new Uint8Array(64);
    buffer.set(header({ payload: "00000000" }));
    await refuses("13 bytes of a larger buffer", buffer.subarray(0, 13), why, "13");
  });

  test("parseHeader() fails when the data offset is below 5", async () => {
    for (const offset of [4, 0]) {
      const bytes = header({ words: offset, payload: "0000000000000000" });
      await refuses(
        `a header with the data offset ${offset}`,
        bytes,
        `its twenty bytes are five words, and the data offset is ${offset}`,
        String(offset),
      );
    }
  });

  test("parseHeader() fails when the data offset leads behind the end", async () => {
    const why = "the data offset is 6, and no 24 bytes are there";
    const whole = header({ options: "00000000" });
    await refuses("23 of 24 bytes of a header", whole.slice(0, 23), why, "6");
    const far = header({ words: 15 });
    await refuses("20 bytes with the data offset 15", far, "no 60 bytes are there", "15");
  });

  test("parseHeader() fails when an option's length is below 2", async () => {
    const why = (length: number) =>
      `its option has the length ${length}, and two bytes are its kind and its length`;
    await refuses("a header with fd010000", header({ options: "fd010000" }), why(1), "1");
    await refuses("a header with 02000000", header({ options: "02000000" }), why(0), "0");
    await refuses("a header with fd000000", header({ options: "fd000000" }), why(0), "0");
  });

  test("parseHeader() fails when an option leads behind the header", async () => {
    const why = "its option is longer than what is left of the header";
    await refuses("a header with 01 01 fd05", header({ options: "01 01 fd05" }), why, "5");
    // Behind the header there would be bytes enough.
    const bytes = header({ options: "01 080a 01", payload: "0203040506070809" });
    await refuses("a header with 01 080a 01, and a payload", bytes, why, "10");
  });

  test("parseHeader() fails when an option ends before its length", async () => {
    const why = "its last byte is an option's kind, and no length follows";
    await refuses("a header with 01 01 01 fd", header({ options: "010101fd" }), why);
    // The payload is not where it goes on.
    const bytes = header({ options: "010101fd", payload: "02000000" });
    await refuses("a header with 01 01 01 fd, and a payload", bytes, why);
  });

  test("parseHeader() fails when an option has a length that its kind does not have", async () => {
    const cases: [string, number][] = [
      ["02 03 05 01", 3],
      ["03 04 0a 00", 4],
      ["04 04 00 00", 4],
      ["08 06 0000 0000 01 01", 6],
      ["05 06 0000 0000 01 01", 6],
      ["05 02 01 01", 2],
      ["05 0c 0000 0000 0000 0000 0000 01 01", 12],
    ];
    for (const [options, length] of cases) {
      const kind = Number(options.slice(0, 2));
      const why = `kind ${kind} never has the length ${length}`;
      await refuses(`a header with ${options}`, header({ options }), why, String(length));
    }
  });
});

describe("4 of 4, it reads what went over a wire", () => {
  test("parseHeader() agrees with tshark on every stored segment", async () => {
    for (const { capture, frame, bytes, fields } of storedSegments()) {
      const { flagBits, mss, windowScale, sackPermitted, sack, timestamps, ...rest } = tsharkReads(
        fields,
      );
      const options = { mss, windowScale, sackPermitted, sack, timestamps, others: [] };
      const wanted = { ...rest, flags: flagsOf(flagBits), options };
      const what = `frame ${frame} of ${capture}.pcapng`;
      await gives(what, bytes, wanted, "that is what tshark reads");
    }
  });
});
