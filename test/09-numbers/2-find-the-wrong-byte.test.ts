import { describe, test } from "vitest";
import {
  altitudes,
  chatLine,
  counters,
  degrees,
  endpoint,
  fileSize,
  frames,
  greeting,
} from "#exercises/09-numbers/2-find-the-wrong-byte.ts";
import { checkCorrection, type Dump, storedDumps } from "#support/dumps.ts";
import { fromHex, toBytes } from "#support/hex.ts";

const sent = storedDumps("lessons/data/09-numbers/dumps.txt");

/** A whole number in network byte order. */
function number(value: number | bigint, bits: number): Uint8Array {
  const digits = BigInt.asUintN(bits, BigInt(value)).toString(16);
  return fromHex(digits.padStart(bits / 4, "0"));
}

function float(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return new Uint8Array(view.buffer);
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** The bytes of a text, and in front of them how many there are. */
function counted(text: string, bits: number): Uint8Array {
  const bytes = toBytes(text);
  return joined(number(bytes.length, bits), bytes);
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function textOf(bytes: Uint8Array): string {
  return JSON.stringify(new TextDecoder().decode(bytes));
}

/** The frames that stand in some bytes, one after another. */
function framesIn(bytes: Uint8Array): string {
  if (bytes.length === 0) return "no more";
  if (bytes.length < 3) return "half a header";
  const [type, length] = [bytes[0]!, viewOf(bytes).getUint16(1)];
  const payload = bytes.subarray(3, 3 + length);
  if (payload.length < length) return `type ${type} with ${length} bytes, which are not there`;
  return `type ${type} ${textOf(payload)}, ${framesIn(bytes.subarray(3 + length))}`;
}

/** What a text says that has its length in front, and the number behind it. */
function readGreeting(bytes: Uint8Array): string {
  const end = 2 + viewOf(bytes).getUint16(0);
  if (end + 4 > bytes.length) return `a text of ${end - 2} bytes, and no room for a number`;
  return `${textOf(bytes.subarray(2, end))}, and then ${viewOf(bytes).getUint32(end)}`;
}

describe("1 of 3, it finds wrong lengths", () => {
  test("chatLine() finds the wrong byte", async () => {
    const dump: Dump = {
      meant: counted("MargaretIs the door open now", 8),
      says: (bytes) => `${bytes[0]} bytes follow: ${textOf(bytes.subarray(1))}`,
      because: "it counts what follows it: the name, and each byte of the text",
    };
    await checkCorrection("chatLine", chatLine, sent.chatLine!, dump);
  });

  test("frames() finds the wrong byte", async () => {
    const dump: Dump = {
      meant: joined(
        joined(number(1, 8), counted("Hello", 16)),
        joined(number(2, 8), counted("World", 16)),
        joined(number(3, 8), counted("", 16)),
      ),
      says: framesIn,
      because: "it counts the payload, without the header",
    };
    await checkCorrection("frames", frames, sent.frames!, dump);
  });

  test("greeting() finds the wrong byte", async () => {
    const dump: Dump = {
      meant: joined(counted("Zoë 👋", 16), number(7, 32)),
      says: readGreeting,
      because: "it counts bytes, not characters",
    };
    await checkCorrection("greeting", greeting, sent.greeting!, dump);
  });
});

describe("2 of 3, it finds wrong orders and halves", () => {
  test("endpoint() finds the wrong bytes", async () => {
    const dump: Dump = {
      meant: joined(Uint8Array.of(192, 0, 2, 7), number(80, 16), number(5, 32)),
      says: (bytes) => {
        const view = viewOf(bytes);
        const address = bytes.subarray(0, 4).join(".");
        return `${address}, port ${view.getUint16(4)}, ${view.getUint32(6)} times`;
      },
      because: "the highest byte comes first",
    };
    await checkCorrection("endpoint", endpoint, sent.endpoint!, dump);
  });

  test("fileSize() finds the wrong bytes", async () => {
    const dump: Dump = {
      meant: joined(toBytes("SZ"), number(3_000_000_000, 64)),
      says: (bytes) => `${textOf(bytes.subarray(0, 2))}, ${viewOf(bytes).getBigUint64(2)} bytes`,
      because: "the number has no sign, and the lower half has room for all of it",
    };
    await checkCorrection("fileSize", fileSize, sent.fileSize!, dump);
  });
});

describe("3 of 3, it finds wrong numbers", () => {
  test("degrees() finds the wrong byte", async () => {
    const dump: Dump = {
      meant: joined(...[21, -5, 0].map((it) => number(it, 16))),
      says: (bytes) => [0, 2, 4].map((at) => viewOf(bytes).getInt16(at)).join(", "),
      because: "below zero, a number goes on in front with ones",
    };
    await checkCorrection("degrees", degrees, sent.degrees!, dump);
  });

  test("counters() finds the wrong byte", async () => {
    const dump: Dump = {
      meant: joined(...[1n, 2n ** 63n, 2n ** 53n + 1n].map((it) => number(it, 64))),
      says: (bytes) => [0, 8, 16].map((at) => viewOf(bytes).getBigUint64(at)).join(", "),
      because: "offsets in a dump are hexadecimal, and 2 ** 53 + 1 is odd",
    };
    await checkCorrection("counters", counters, sent.counters!, dump);
  });

  test("altitudes() finds the wrong byte", async () => {
    const dump: Dump = {
      meant: joined(float(21.5), float(-21.5)),
      says: (bytes) => [0, 4].map((at) => viewOf(bytes).getFloat32(at)).join(", "),
      because: "the highest bit is the sign",
    };
    await checkCorrection("altitudes", altitudes, sent.altitudes!, dump);
  });
});
