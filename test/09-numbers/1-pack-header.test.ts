import fc from "fast-check";
import { describe, test } from "vitest";
import { packHeader, unpackHeader } from "#exercises/09-numbers/1-pack-header.ts";
import { Calls } from "#support/calls.ts";
import { difference } from "#support/compare.ts";
import { checkFields, type Field } from "#support/fields.ts";
import { count, fromHex, hex } from "#support/hex.ts";
import { chooseSeed, seedNote } from "#support/seed.ts";
import { missingTool } from "#support/tool.ts";
import {
  type HeaderVector,
  packedByPython,
  type StationHeader,
  storedHeaders,
} from "#support/vectors.ts";

const vectors = storedHeaders();

/** A header without anything remarkable, and its bytes. */
const plain = vectors[0]!;

/** Where each part of a header is, and what is to be said of it. */
const fields: Field[] = ([
  ["its own length", 0, 2, "16 bits: all bytes of the header, these two and the name included"],
  ["signalDbm", 2, 3, "8 bits with a sign"],
  ["payloadBytes", 3, 7, "32 bits without a sign; the header is not counted"],
  ["altitudeCm", 7, 11, "32 bits with a sign"],
  ["timeNs", 11, 19, "64 bits without a sign"],
  ["driftNs", 19, 27, "64 bits with a sign"],
  ["celsius", 27, 31, "an IEEE 754 number of 32 bits, which has no room for more"],
  ["device", 31, 37, "six bytes as they are"],
  ["the length of the name", 37, 38, "in bytes, not in characters, and without this one"],
  ["name", 38, Infinity, "UTF-8, all of it"],
] as const).map(([name, from, to, why]) => ({ name, from, to, why }));

/** Has a header packed and compares its bytes. */
async function packs(what: string, header: StationHeader, wanted: Uint8Array) {
  const calls = new Calls();
  const name = `packHeader() of ${what}`;
  const got = await calls.gives(name, () => packHeader(header), {}, whyGood(header));
  const size = "38, and those of the name in UTF-8";
  checkFields(calls, name, got, { wanted, fields, size });
}

/** Why a header has to be packed: what holds of the field that is not as in the plain one. */
function whyGood(header: StationHeader): string {
  const differs = (field: string) =>
    difference({ [field]: plain.header[field as keyof StationHeader] }, header);
  return fields.find(({ name }) => differs(name))?.why ?? "nothing is wrong with it";
}

/** Has bytes unpacked and compares field by field. */
async function unpacks(
  what: string,
  bytes: Uint8Array,
  { header, rounded, bytes: { length } }: Omit<HeaderVector, "what">,
) {
  const calls = showing(bytes);
  const name = `unpackHeader() of ${what}`;
  const call = () => unpackHeader(bytes);
  const own = "the first 16 bits: where the data begin";
  await calls.gives(name, call, { headerBytes: length }, own);
  for (const { name: field, from, to, why } of fields) {
    const value = { ...header, celsius: rounded }[field as keyof StationHeader];
    if (value === undefined) continue;
    calls.story.tell(`${field} stands at offset ${from}: ${hex(bytes.subarray(from, to))}`);
    await calls.gives(name, call, { [field]: value }, why);
  }
}

function showing(bytes: Uint8Array): Calls {
  const calls = new Calls();
  for (let at = 0; at < Math.min(bytes.length, 80); at += 16) {
    calls.story.tell(`from byte ${at}: ${hex(bytes.subarray(at, at + 16))}`);
  }
  return calls;
}

/** Has the plain header refused, with something in it that does not fit. */
async function refusesToPack(what: string, changes: Partial<StationHeader>, why: string) {
  const header = { ...plain.header, ...changes };
  await new Calls().fails(`packHeader() with ${what}`, () => packHeader(header), why);
}

/** Has bytes refused that are no header. */
async function refusesToUnpack(what: string, bytes: Uint8Array, why: string) {
  await showing(bytes).fails(`unpackHeader() of ${what}`, () => unpackHeader(bytes), why);
}

/** Bytes as a part of a larger buffer, in which others like those of a header surround them. */
function within(bytes: Uint8Array, before = 33): Uint8Array {
  const buffer = new Uint8Array(before + bytes.length + 300).fill(0x26);
  buffer.set(bytes, before);
  return buffer.subarray(before, before + bytes.length);
}

/** The bytes of the plain header with others at an offset. */
function changed(at: number, bytes: string): Uint8Array {
  const copy = Uint8Array.from(plain.bytes);
  copy.set(fromHex(bytes), at);
  return copy;
}

/** With a name in which decoders put what they can't read. */
const strange: HeaderVector = {
  what: "a name with U+FFFD",
  header: { ...plain.header, name: "\ufffdUs" },
  rounded: plain.rounded,
  bytes: changed(38, "efbfbd5573"),
};

describe("1 of 5, it packs as python3's struct does", () => {
  test("packHeader() puts every field in its place", async () => {
    await packs(plain.what, plain.header, plain.bytes);
  });

  test("packHeader() packs the least and the largest numbers, and every name", async () => {
    for (const { what, header, bytes } of vectors) await packs(what, header, bytes);
  });

  test("packHeader() packs a name with U+FFFD, which is a character as any other", async () => {
    await packs(strange.what, strange.header, strange.bytes);
  });

  test("packHeader() packs what 32 bits round to the largest number", async () => {
    const header = { ...plain.header, celsius: 3.4028235e38 };
    await packs("3.4028235e38 °C", header, changed(27, "7f7fffff"));
  });

  test("packHeader() packs what is no number, too", async () => {
    const read = (bytes: Uint8Array) => new DataView(Uint8Array.from(bytes).buffer).getFloat32(27);
    const call = async () => read(await packHeader({ ...plain.header, celsius: NaN }));
    const name = "packHeader() with NaN for celsius, as read by getFloat32(27),";
    await new Calls().gives(name, call, NaN, "NaN is a number to IEEE 754");
  });

  test("packHeader() gives memory of its own", async () => {
    const calls = new Calls();
    const first = await calls.gives("packHeader()", () => packHeader(plain.header), plain.bytes);
    const other = { ...plain.header, payloadBytes: 5, name: "Zug" };
    await calls.gives(
      "packHeader() again",
      () => packHeader(other),
      {},
      "nothing is wrong with it",
    );
    calls.unchanged("what packHeader() had given first", first, plain.bytes);
  });

  test("packHeader() takes a device that is a part of a larger buffer, and keeps it", async () => {
    const header = { ...plain.header, device: within(plain.header.device) };
    await packs("a device in a larger buffer", header, plain.bytes);
    const why = "it is the caller's";
    await new Calls().gives("the header, after packHeader(),", () => header, plain.header, why);
  });
});

describe("2 of 5, it unpacks what python3's struct has packed", () => {
  test("unpackHeader() reads every field", async () => {
    await unpacks(plain.what, Uint8Array.from(plain.bytes), plain);
  });

  test("unpackHeader() reads the least and the largest numbers, and every name", async () => {
    for (const vector of [...vectors, strange]) await unpacks(vector.what, vector.bytes, vector);
    const noNumber = changed(27, "7fc00000");
    await unpacks("a header with 7fc00000 for celsius", noNumber, { ...plain, rounded: NaN });
  });

  test("unpackHeader() reads a part of a larger buffer", async () => {
    const part = within(plain.bytes);
    await unpacks(`bytes 33 to ${32 + part.length} of a larger buffer`, part, plain);
    const pooled = Buffer.from(within(plain.bytes, 5).buffer).subarray(5, 5 + plain.bytes.length);
    await unpacks("a Buffer that begins at byte 5 of its memory", pooled, plain);
  });

  test("unpackHeader() leaves alone what follows the header", async () => {
    for (const tail of ["00", "4141", "ff".repeat(300)]) {
      const bytes = fromHex(hex(plain.bytes) + tail);
      const before = Uint8Array.from(bytes);
      await unpacks(`a header before ${count(tail.length / 2)} of data`, bytes, plain);
      await showing(before).gives("the bytes given to unpackHeader()", () => bytes, before);
    }
  });

  test("unpackHeader() gives memory of its own", async () => {
    const views = {
      "a Uint8Array": Uint8Array.from(plain.bytes),
      "a Buffer": Buffer.from(plain.bytes),
    };
    for (const [what, bytes] of Object.entries(views)) {
      const calls = showing(bytes);
      const wanted = { device: plain.header.device, name: "Uster", payloadBytes: 0x01020304 };
      const name = `unpackHeader() of ${what}`;
      const got = await calls.gives(name, () => unpackHeader(bytes), wanted, "it is the plain one");
      bytes.fill(0xee);
      calls.story.tell("the memory of the bytes was used again");
      calls.unchanged(`device, from ${name},`, got.device, wanted.device);
      await calls.gives(`what ${name} had given`, () => got, wanted, "the memory is another's now");
    }
  });
});

describe("3 of 5, it refuses to pack what does not fit", () => {
  test("packHeader() fails when a number is too small or too large", async () => {
    const cases: [string, Partial<StationHeader>, string][] = [
      ["128 dBm", { signalDbm: 128 }, "8 bits with a sign end at 127"],
      ["-129 dBm", { signalDbm: -129 }, "8 bits with a sign begin at -128"],
      ["2 ** 32 bytes", { payloadBytes: 2 ** 32 }, "32 bits end at 2 ** 32 - 1"],
      ["2 ** 53 bytes", { payloadBytes: 2 ** 53 }, "32 bits end at 2 ** 32 - 1"],
      ["-1 bytes", { payloadBytes: -1 }, "it has no sign"],
      ["2 ** 31 cm", { altitudeCm: 2 ** 31 }, "32 bits with a sign end at 2 ** 31 - 1"],
      ["-(2 ** 31) - 1 cm", { altitudeCm: -(2 ** 31) - 1 }, "32 bits begin at -(2 ** 31)"],
      ["2 ** 64 ns for the time", { timeNs: 2n ** 64n }, "64 bits end at 2 ** 64 - 1"],
      ["-1 ns for the time", { timeNs: -1n }, "it has no sign"],
      ["2 ** 63 ns of drift", { driftNs: 2n ** 63n }, "64 bits with a sign end at 2 ** 63 - 1"],
      ["-(2 ** 63) - 1 ns of drift", { driftNs: -(2n ** 63n) - 1n }, "64 bits begin at -(2 ** 63)"],
    ];
    for (const [what, changes, why] of cases) await refusesToPack(what, changes, why);
  });

  test("packHeader() fails when a whole number is not whole", async () => {
    for (const value of [0.5, NaN, Infinity]) {
      for (const field of ["signalDbm", "payloadBytes", "altitudeCm"]) {
        await refusesToPack(`${value} for ${field}`, { [field]: value }, "that is no whole number");
      }
    }
  });

  test("packHeader() fails when celsius would become infinite", async () => {
    for (const celsius of [1e39, -1e39, Number.MAX_VALUE]) {
      await refusesToPack(`${celsius} °C`, { celsius }, "32 bits could hold it as infinite only");
    }
  });

  test("packHeader() fails when device has not six bytes", async () => {
    for (const length of [5, 7, 0]) {
      const device = new Uint8Array(length);
      await refusesToPack(`a device of ${length} bytes`, { device }, "a device has six");
    }
  });

  test("packHeader() fails when the name has more than 255 bytes", async () => {
    for (const [what, times] of [["x", 256], ["é", 128], ["x", 261]] as const) {
      const name = what.repeat(times);
      const bytes = Buffer.byteLength(name);
      const why = `it has ${bytes} bytes, and one byte says how many`;
      await refusesToPack(`a name of ${times} ${what}`, { name }, why);
    }
  });

  test("packHeader() fails when the name has no bytes in UTF-8", async () => {
    const why = "half of a surrogate pair has no bytes in UTF-8";
    for (const name of ["\ud83d", "\ude00 Uster", "Us\ud83dter", "Uster \ud83d"]) {
      await refusesToPack(`the name ${JSON.stringify(name)}`, { name }, why);
    }
  });
});

describe("4 of 5, it refuses to unpack what is no header", () => {
  test("unpackHeader() fails when bytes are missing", async () => {
    for (const length of [0, 1, 37, 38, plain.bytes.length - 1]) {
      const why = `the header has ${plain.bytes.length}`;
      await refusesToUnpack(`its first ${length} bytes`, plain.bytes.slice(0, length), why);
      const part = within(plain.bytes).subarray(0, length);
      await refusesToUnpack(`its first ${length} bytes, in a larger buffer`, part, why);
    }
  });

  test("unpackHeader() fails when its length is not that of its fields and its name", async () => {
    const lengths: [string, string][] = [
      ["002a", "one byte less than its fields and a name of 5 bytes"],
      ["002c", "one byte more than its fields and a name of 5 bytes"],
      ["0000", "0, and it has 43 bytes"],
      ["0026", "that of the fields alone, and the name has 5 bytes"],
      ["ffff", "65535, and it has 43 bytes"],
      ["2b00", "11008: 43 with its bytes in the other order"],
    ];
    for (const [length, why] of lengths) {
      const bytes = fromHex(hex(changed(0, length)) + "41".repeat(70_000));
      await refusesToUnpack(`a header that begins with ${length}`, bytes, `its length is ${why}`);
    }
    const longer = fromHex(hex(changed(37, "ff")) + "41".repeat(300));
    const why = "its length is 43, and no name of 255 bytes is in that";
    await refusesToUnpack("a header with 255 for the length of its name", longer, why);
  });

  test("unpackHeader() fails when the name is no UTF-8", async () => {
    for (const name of ["ff41414141", "41414141c3", "eda0804141", "c080414141"]) {
      await refusesToUnpack(`a name of the bytes ${name}`, changed(38, name), "they are no UTF-8");
    }
  });
});

describe("5 of 5, it understands python3 and is understood", () => {
  test("packHeader() agrees with python3 on any header", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) skip(missing);
    const seed = chooseSeed();
    const headers = fc.sample(anyHeader, { seed, numRuns: 100 });
    const packed = await packedByPython(headers);
    for (const [i, header] of headers.entries()) {
      const bytes = packed[i]!;
      const what = `header ${i + 1} ${seedNote(seed)}`;
      await packs(what, header, bytes);
      await unpacks(what, bytes, { header, bytes, rounded: Math.fround(header.celsius) });
    }
  });
});

const anyHeader: fc.Arbitrary<StationHeader> = fc.record({
  signalDbm: fc.integer({ min: -128, max: 127 }),
  payloadBytes: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  altitudeCm: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  timeNs: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  driftNs: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  celsius: fc.float({ noNaN: true }),
  device: fc.uint8Array({ minLength: 6, maxLength: 6 }),
  name: fc.string({ unit: "grapheme", maxLength: 40 }).filter((it) => Buffer.byteLength(it) <= 255),
});
