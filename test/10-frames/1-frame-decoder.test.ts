import net from "node:net";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { encodeFrame, type Frame, FrameDecoder } from "#exercises/10-frames/1-frame-decoder.ts";
import { everyByte, someBytes } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";
import { Child } from "#support/child.ts";
import { checkCost } from "#support/cost.ts";
import type { Sample } from "#support/cuttings.ts";
import { fedBuffers } from "#support/decoder.ts";
import { fromHex, hex, toBytes } from "#support/hex.ts";
import { checkEveryCutRefuses } from "#support/refusals.ts";
import { checkEveryCut } from "#support/segments.ts";
import { missingTool, portOf } from "#support/tool.ts";

const push = "FrameDecoder.push()";
const encode = "encodeFrame()";
const sender = fileURLToPath(new URL("../peers/frame_sender.py", import.meta.url));

/** Headers as python3 packs them: struct.pack(">BI", 7, length). */
const headers: [number, string][] = [
  [0, "07 00000000"],
  [1, "07 00000001"],
  [255, "07 000000ff"],
  [256, "07 00000100"],
  [65_535, "07 0000ffff"],
];

/** A header of 0xFFFFFFF0 bytes, which no signed number of 32 bits can tell. */
const hostile = fromHex("01 fffffff0");

const create = () => new FrameDecoder({ limitBytes: 16 });

function sample(header: string, type: number, payload: Uint8Array | string): Sample<Frame> {
  const bytes = toBytes(payload);
  return { wire: Uint8Array.of(...fromHex(header), ...bytes), value: { type, payload: bytes } };
}

/** Payloads that look like headers among them, two without a payload, one at the limit. */
const samples = [
  sample("01 00000003", 1, "one"),
  sample("00 00000000", 0, ""),
  sample("ff 00000005", 255, fromHex("01 00000003")),
  sample("80 00000010", 128, "sixteen at most!"),
  sample("02 00000000", 2, ""),
  sample("00 00000001", 0, fromHex("00")),
];

/** How one comes to another header than the wanted one; undefined when nobody knows. */
function slipIn(call: () => Uint8Array, wanted: Uint8Array): string | undefined {
  let got: unknown;
  try {
    got = call();
  } catch {
    return undefined; // gives() tells what was thrown
  }
  if (!(got instanceof Uint8Array) || got.length < 5) return undefined;
  const view = new DataView(got.buffer, got.byteOffset, got.length);
  const length = wanted.length - 5;
  if (view.getUint32(1) === length + 5) return "its length counts the header, too";
  if (length > 0 && view.getUint32(1, true) === length) return "its lowest byte comes first";
  if (view.getUint32(0) === length) return "the length stands before the type";
  return undefined;
}

/** A decoder that keeps a list of chunks, as the reference for what a frame costs. */
function listOfChunks() {
  const chunks: Uint8Array[] = [];
  let come = 0;
  return {
    push(chunk: Uint8Array): Uint8Array[] {
      chunks.push(new Uint8Array(chunk));
      come += chunk.length;
      return come < mebibyte.length ? [] : [Buffer.concat(chunks)];
    },
  };
}

/** A decoder of frames that have one byte of length, at most 255, and come in one chunk. */
function smallFrames() {
  return {
    push(chunk: Uint8Array): Frame[] {
      const frames: Frame[] = [];
      for (let at = 0; at < chunk.length; at += 5 + chunk[at + 4]!) {
        const payload = new Uint8Array(chunk.subarray(at + 5, at + 5 + chunk[at + 4]!));
        frames.push({ type: chunk[at]!, payload });
      }
      return frames;
    },
  };
}

/** A frame of a mebibyte. */
const mebibyte = Uint8Array.from(Buffer.concat([fromHex("07 00100000"), someBytes(1 << 20)]));

describe("1 of 4, it puts frames together", () => {
  test.for(headers)("encodeFrame() writes the header of %i bytes", async ([size, header]) => {
    const payload = someBytes(size);
    const wanted = Uint8Array.of(...fromHex(header), ...payload);
    const why = slipIn(() => encodeFrame(7, payload), wanted) ?? `${header} is its header`;
    const name = `encodeFrame() of ${size} bytes`;
    await new Calls().gives(name, () => encodeFrame(7, payload), wanted, why);
  });

  test("encodeFrame() writes bytes as they are, whatever the type", async () => {
    for (const type of [0, 127, 128, 255]) {
      const wanted = Uint8Array.of(type, 0, 0, 1, 0, ...everyByte);
      const call = () => encodeFrame(type, everyByte);
      await new Calls().gives(`encodeFrame() of type ${type}`, call, wanted);
    }
  });

  test("encodeFrame() writes a text in UTF-8, and its length in bytes", async () => {
    const wanted = fromHex("03 0000000a 6e 61 c3af 76 65 20 e282ac");
    const why = '"naïve €" has 7 characters and 10 bytes';
    const name = "encodeFrame() of a text";
    await new Calls().gives(name, () => encodeFrame(3, "naïve €"), wanted, why);
    const empty = fromHex("03 00000000");
    await new Calls().gives("encodeFrame() of an empty text", () => encodeFrame(3, ""), empty);
  });

  test("encodeFrame() copies its payload", async () => {
    const calls = new Calls();
    const given = Uint8Array.of(9, 9, 1, 2, 3, 9).subarray(2, 5);
    const wanted = fromHex("04 00000003 010203");
    const frame = await calls.gives(encode, () => encodeFrame(4, given), wanted);
    given.fill(0xee);
    calls.unchanged("what encodeFrame() gave", frame, wanted);
    const next = () => encodeFrame(5, "other");
    await calls.gives("the next encodeFrame()", next, fromHex("05 00000005 6f74686572"));
    calls.unchanged("what encodeFrame() gave", frame, wanted);
  });

  test("encodeFrame() fails when the type does not fit into a byte", async () => {
    for (const type of [256, -1, 1.5, NaN]) {
      const name = `encodeFrame() of type ${type}`;
      const call = () => encodeFrame(type, "x");
      await new Calls().throws(name, call, `${type} is no byte`, RangeError);
    }
  });
});

describe("2 of 4, it takes frames apart", () => {
  test.for(headers)("push() reads the header of %i bytes", async ([size, header]) => {
    const payload = someBytes(size);
    const decoder = new FrameDecoder({ limitBytes: 65_535 });
    const call = () => decoder.push(Uint8Array.of(...fromHex(header), ...payload));
    const wanted = [{ type: 7, payload }];
    const calls = new Calls();
    const why = size === 0 ? "without a payload, it is complete with its header" : header;
    await calls.gives(`push() of a frame of ${size} bytes`, call, wanted, why);
    await calls.gives("end() behind it", () => decoder.end(), undefined);
  });

  test("push() gives payloads that stay as they are", async () => {
    const calls = new Calls();
    const decoder = create();
    const [first, second] = [samples[0]!, samples[3]!];
    const [frame] = await calls.gives(push, () => decoder.push(first.wire), [first.value]);
    await calls.gives("the next push()", () => decoder.push(second.wire), [second.value]);
    calls.unchanged("the first payload", frame!.payload, first.value.payload);
  });

  test("push() gives every frame, wherever the stream is cut", () => {
    checkEveryCut(push, create, samples);
  });

  test("push() gives every frame, also when the chunks are Buffers", () => {
    checkEveryCut("FrameDecoder.push() of Buffers", fedBuffers(create), samples);
  });

  test("push() keeps two streams apart", async () => {
    const calls = new Calls();
    const [ada, bob] = [create(), create()];
    const wire = samples[0]!.wire;
    const half = (decoder: FrameDecoder, from: number, to: number) => () =>
      decoder.push(wire.subarray(from, to));
    await calls.gives("Ada's push() of six bytes", half(ada, 0, 6), []);
    await calls.gives("Bob's push() of six bytes", half(bob, 0, 6), []);
    await calls.gives("Ada's push() of the rest", half(ada, 6, 8), [samples[0]!.value]);
    await calls.gives("Bob's push() of the rest", half(bob, 6, 8), [samples[0]!.value]);
  });

  test("push() gives nothing for an empty chunk", async () => {
    const calls = new Calls();
    const decoder = create();
    const next = (chunk: string) => () => decoder.push(fromHex(chunk));
    await calls.gives("push() of no bytes", next(""), []);
    await calls.gives("push() of half a header", next("05 0000"), []);
    await calls.gives("push() of no bytes", next(""), []);
    await calls.gives("push() of the rest", next("0001 aa"), [{ type: 5, payload: fromHex("aa") }]);
    await calls.gives("push() of no bytes", next(""), []);
    await calls.gives("end()", () => decoder.end(), undefined);
  });
});

describe("3 of 4, it refuses", () => {
  test("push() fails when a payload is above the limit", () => {
    const wire = Uint8Array.of(...fromHex("01 00000011"), ...someBytes(17));
    const why = "a payload of 17 bytes is above the limit of 16";
    checkEveryCutRefuses(push, create, { wire, why, seenAfterBytes: wire.length });
  });

  test("push() fails as soon as a header claims more than the limit", () => {
    for (const length of ["00000011", "00000100", "7fffffff", "80000000", "fffffff0", "ffffffff"]) {
      const sign = length < "8" ? "" : ", whose highest bit is no sign";
      const why = `its header claims 0x${length} bytes${sign}, and the limit is 16`;
      const wire = fromHex(`01 ${length} 00`);
      checkEveryCutRefuses(push, create, { wire, why, seenAfterBytes: 5 });
    }
  });

  test("push() fails behind frames that are in order", () => {
    // A push() that gives these frames leaves the error to the next one.
    const twice = () => {
      const decoder = create();
      const push = (chunk: Uint8Array) => [...decoder.push(chunk), ...decoder.push(fromHex(""))];
      return { push };
    };
    const wire = Uint8Array.of(...samples[1]!.wire, ...samples[0]!.wire, ...hostile);
    const why = "the third header claims 0xfffffff0 bytes";
    checkEveryCutRefuses(push, twice, { wire, why, seenAfterBytes: wire.length });
  });

  test("push() throws a RangeError that names the length and the limit", async () => {
    const calls = new Calls();
    const why = `the header is ${hex(hostile)}`;
    const call = () => create().push(hostile);
    await calls.fails(push, call, why, ["4294967280", "16"]);
    await calls.throws(push, () => Array.from(create().push(hostile)), why, RangeError);
  });

  test("push() fails for ever after it has failed", async () => {
    const calls = new Calls();
    const decoder = create();
    await calls.fails(push, () => decoder.push(hostile), "the length is above the limit");
    const why = "an earlier header was above the limit, and nobody knows where the next one begins";
    await calls.fails("the next push()", () => decoder.push(samples[0]!.wire), why);
    await calls.fails("push() of no bytes", () => decoder.push(fromHex("")), why);
    await calls.fails("end()", () => decoder.end(), why);
  });

  test.for<[string, number]>([
    ["2 of 3 bytes of a payload had come", 7],
    ["a header had come whole, and nothing of its payload", 5],
    ["a header had begun, and 4 of its 5 bytes were there", 4],
    ["one byte of a header was there", 1],
  ])("end() fails in the middle of a frame: %s", async ([why, length]) => {
    const decoder = create();
    const calls = new Calls();
    const begun = samples[0]!.wire.subarray(0, length);
    await calls.gives(`push() of ${length} of 8 bytes`, () => decoder.push(begun), []);
    await calls.fails("end()", () => decoder.end(), why, ["ended"]);
  });

  test("end() fails in the middle of a frame, wherever the stream is cut", () => {
    const begun = samples[3]!.wire.subarray(0, 20);
    checkEveryCutRefuses("FrameDecoder.end()", create, {
      wire: begun,
      why: "a byte was missing",
    });
  });

  test("end() fails in the middle of a frame behind one that was whole", async () => {
    const calls = new Calls();
    const decoder = create();
    const wire = Uint8Array.of(...samples[0]!.wire, 9);
    await calls.gives(push, () => decoder.push(wire), [samples[0]!.value]);
    const why = "the first byte of a second frame had come";
    await calls.fails("end()", () => decoder.end(), why, ["ended"]);
  });

  test("end() takes the end between two frames", async () => {
    await new Calls().gives("end() of an empty stream", () => create().end(), undefined);
    for (const { wire, value } of samples) {
      const calls = new Calls();
      const decoder = create();
      await calls.gives(push, () => decoder.push(wire), [value]);
      await calls.gives("end()", () => decoder.end(), undefined, "the frame was whole");
    }
  });
});

describe("4 of 4, it costs what it must", () => {
  test("push() takes a mebibyte in thousands of chunks in its stride", () => {
    const limitBytes = 1 << 20;
    checkCost(push, () => new FrameDecoder({ limitBytes }), listOfChunks, mebibyte);
  });

  test("push() takes thousands of frames in one chunk in its stride", () => {
    const frames = Array(10_000).fill(fromHex("09 00000005 68656c6c6f"));
    checkCost(push, create, smallFrames, Uint8Array.from(Buffer.concat(frames)), { atOnce: true });
  });

  test("push() gives what python3 has packed and sent in pieces", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) skip(missing);
    await using python = new Child({ command: "python3", args: [sender, "0"] });
    const socket = net.connect({ port: await portOf(python), host: "127.0.0.1" });
    const decoder = new FrameDecoder({ limitBytes: 65_535 });
    const frames: Frame[] = [];
    const call = async () => {
      for await (const chunk of socket) frames.push(...decoder.push(chunk));
      decoder.end();
      return frames;
    };
    const wanted = [3, 0, 1, 255, 256, 0, 65_535, 17].map((size, type) => ({
      type,
      payload: Uint8Array.from({ length: size }, (_, i) => type + i),
    }));
    await new Calls().gives(`${push} of what came over a connection`, call, wanted);
  });
});
