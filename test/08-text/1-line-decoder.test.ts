import { Buffer } from "node:buffer";
import { once } from "node:events";
import net from "node:net";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { LineDecoder } from "#exercises/08-text/1-line-decoder.ts";
import { Calls } from "#support/calls.ts";
import { checkCost } from "#support/cost.ts";
import type { Sample } from "#support/cuttings.ts";
import type { Decoder } from "#support/decoder.ts";
import { fromHex, toBytes } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { checkEveryCutBreaksOff, checkEveryCutRefuses } from "#support/refusals.ts";
import { checkEveryCut } from "#support/segments.ts";
import { missingTool, runTool } from "#support/tool.ts";

const name = "LineDecoder.push()";
const sender = fileURLToPath(new URL("../peers/line_sender.py", import.meta.url));

/** Makes decoders with a limit that nothing comes near, or with another one. */
const create = (limitBytes = 1000) => () => new LineDecoder({ limitBytes });

/** A line as it travels, and its text. */
function line(wire: string | Uint8Array, value: string): Sample<string> {
  return { wire: toBytes(wire), value };
}

/** Lines that end in LF. */
const lines = (...texts: string[]) => texts.map((text) => line(`${text}\n`, text));

describe("1 of 5, it finds the ends of lines", () => {
  test("push() gives lines that end in LF", () => {
    checkEveryCut(name, create(), lines("one", "two", "three"));
  });

  test("push() gives lines that end in CR LF, and without the CR", () => {
    checkEveryCut(name, create(), [line("one\r\n", "one"), line("two\n", "two")]);
  });

  test("push() gives empty lines", () => {
    checkEveryCut(name, create(), [line("\n", ""), line("a\n", "a"), line("\r\n", "")]);
  });

  test("push() leaves all other characters as they are", () => {
    checkEveryCut(name, create(), lines(" a\tb ", "\0\v\f"));
  });

  test("push() leaves a CR where no LF follows, and takes one of two", async () => {
    const calls = new Calls();
    const wire = toBytes("a\rb\n");
    await calls.gives("push() of a CR within a line", () => create()().push(wire), ["a\rb"]);
    checkEveryCut(name, create(), [line("a\rb\n", "a\rb"), line("c\r\r\n", "c\r")]);
  });
});

describe("2 of 5, it decodes what it has split", () => {
  test("push() gives characters of two, three and four bytes", () => {
    checkEveryCut(name, create(), lines("naïve", "3 €", "𝄞"));
  });

  test("push() leaves what Unicode calls the end of a line", () => {
    checkEveryCut(name, create(), lines("a\x85b", "\u2028\u2029"));
  });

  test("push() gives the examples of RFC 3629", () => {
    checkEveryCut(name, create(), [
      line(fromHex("41 e2 89 a2 ce 91 2e 0a"), "A\u2262\u0391."),
      line(fromHex("ed 95 9c ea b5 ad ec 96 b4 0a"), "\ud55c\uad6d\uc5b4"),
      line(fromHex("e6 97 a5 e6 9c ac e8 aa 9e 0d 0a"), "\u65e5\u672c\u8a9e"),
    ]);
  });

  test("push() gives U+FFFD where that is what came", () => {
    checkEveryCut(name, create(), lines("a \ufffd b"));
  });

  test("push() gives U+FEFF, also where a line begins with it", () => {
    const stump = fromHex("ef bb bf f0 a3 8e b4 0a"); // the last example of RFC 3629
    checkEveryCut(name, create(), [line(stump, "\ufeff\u{233b4}"), ...lines("\ufeff")]);
  });

  test.for([
    ["ff", "0xff is in no character"],
    ["61 80", "0x80 only goes on what another byte has begun"],
    ["c3", "its last character has one of its two bytes"],
    ["61 e2 82", "its last character has two of its three bytes"],
    ["c0 af", "0xc0 0xaf is a longer way to write a slash"],
    ["ed a0 80", "0xed 0xa0 0x80 is half of a pair of UTF-16"],
  ])("push() throws a TypeError for the bytes %s", ([bytes, why]) => {
    const wire = Uint8Array.from([...fromHex(bytes!), 0x0a, ...toBytes("a\n")]);
    checkEveryCutBreaksOff(name, create(), [], { wire, why: why!, error: TypeError });
    checkEveryCutRefuses(name, create(), {
      wire,
      why: why!,
      seenAfterBytes: wire.length - 2,
    });
  });
});

describe("3 of 5, it has a limit", () => {
  const six = toBytes("123456\r\n");

  test("push() does not count the ending", async () => {
    const calls = new Calls();
    const why = "the limit is 6";
    const call = () => create(6)().push(six);
    await calls.gives("push() of 6 bytes and CR LF", call, ["123456"], why);
  });

  test("push() counts each line by itself", async () => {
    const calls = new Calls();
    const why = "each of them has 3 bytes, with the limit 6";
    const three = toBytes("one\ntwo\nsix\n");
    await calls.gives(
      "push() of three lines",
      () => create(6)().push(three),
      ["one", "two", "six"],
      why,
    );
  });

  test("push() gives lines of as many bytes as the limit, with any ending", () => {
    checkEveryCut(name, create(6), [
      line(six, "123456"),
      line("123456\n", "123456"),
      line("naïve\n", "naïve"),
      line("€€\r\n", "€€"),
    ]);
  });

  test.for([
    ["1234567\n", "a line of 7 bytes has come, with the limit 6"],
    ["12345678", "8 bytes have come without an end, with the limit 6"],
    ["1234567\r\n", "a line of 7 bytes has come, with the limit 6, and CR LF"],
    ["12345é\n", "é is two bytes: the line has 7, with the limit 6"],
    ["123456\r\r\n", "the line has 7 bytes, with the limit 6: the first CR is its own"],
    ["123456\r7\n", "the line has 8 bytes, with the limit 6: the CR is its own"],
  ])("push() throws a RangeError for %j", ([text, why]) => {
    const wire = toBytes(text!);
    checkEveryCutRefuses(name, create(6), { wire, why: why!, seenAfterBytes: 8 });
    checkEveryCutBreaksOff(name, create(6), [], { wire, why: why!, error: RangeError });
  });

  test("push() says in its message what the limit is", async () => {
    for (
      const [text, why] of [
        ["12345678", "8 bytes have come without an end"],
        ["1234578\n", "a line of 7 bytes has come"],
      ] as const
    ) {
      const decoder = create(6)();
      await new Calls().fails(name, () => decoder.push(toBytes(text)), why, ["6"]);
    }
  });

  test("push() throws when 8 MiB come without an end", async () => {
    const calls = new Calls();
    const decoder = create()();
    const chunk = new Uint8Array(1 << 16).fill(0x61);
    const push = () => {
      for (let sent = 0; sent < 8 << 20; sent += chunk.length) decoder.push(chunk);
    };
    await calls.fails(name, push, "8 MiB have come without an end, with the limit 1000", ["1000"]);
  });
});

describe("4 of 5, it knows where it breaks off", () => {
  const notUtf8 = {
    wire: fromHex("61 ff 0a 62 0a"),
    why: "0xff is in no character",
    error: TypeError,
  };

  test("end() throws in the middle of a line", () => {
    for (const [wire, why] of [["one", "no LF has come"], ["two\r", "a CR is no LF"]] as const) {
      const fault = { wire: toBytes(wire), why, error: Error };
      checkEveryCutBreaksOff("LineDecoder.end()", create(), lines("a"), fault);
    }
  });

  test("end() throws when nothing but a CR has come of a line", () => {
    const fault = { wire: toBytes("\r"), why: "a CR is no LF", error: Error };
    checkEveryCutBreaksOff("LineDecoder.end()", create(), lines("a"), fault);
  });

  test("end() does nothing between two lines", async () => {
    const calls = new Calls();
    await calls.gives("end() of a stream without bytes", () => create()().end(), undefined);
    checkEveryCut(name, create(), lines("a", ""));
  });

  test("push() gives the lines before one that is no UTF-8", () => {
    checkEveryCutBreaksOff(name, create(), lines("one", "two"), notUtf8);
  });

  test("push() gives the lines before one that is too long", () => {
    const wire = toBytes("12345678\n");
    const why = "a line of 8 bytes has come, with the limit 6";
    checkEveryCutBreaksOff(name, create(6), lines("one", ""), { wire, why, error: RangeError });
  });

  test("push() throws for every chunk after a fault, also for an empty one", async () => {
    for (const chunk of ["b\n", ""]) {
      const calls = new Calls();
      const decoder = create()();
      await calls.fails(name, () => decoder.push(notUtf8.wire), notUtf8.why);
      const again = () => decoder.push(toBytes(chunk));
      await calls.fails(`${name} after that`, again, "an earlier call threw");
    }
  });
});

describe("5 of 5, it keeps its own, and little of it", () => {
  test("push() has its bytes for itself, whatever view a chunk is", async () => {
    const calls = new Calls();
    const decoder = create()();
    const memory = Buffer.from("the first half, ");
    await calls.gives("push() of a Buffer", () => decoder.push(memory), []);
    calls.story.tell("its memory was used for something else");
    memory.fill("#");
    const rest = () => decoder.push(toBytes("the second\n"));
    await calls.gives("push() of the rest", rest, ["the first half, the second"]);
  });

  test("push() keeps the lines of two streams apart", async () => {
    const calls = new Calls();
    const [ada, bob] = [create()(), create()()];
    await calls.gives("push() of Ada's half", () => ada.push(toBytes("Ada's ")), []);
    await calls.gives("push() of Bob's half", () => bob.push(toBytes("Bob's ")), []);
    const rest = toBytes("line\n");
    await calls.gives("push() of Ada's other half", () => ada.push(rest), ["Ada's line"]);
    await calls.gives("push() of Bob's other half", () => bob.push(rest), ["Bob's line"]);
  });

  test("push() does not go through a long line again for each chunk", () => {
    const message = new Uint8Array(2 << 20).fill(0x61);
    message[message.length - 1] = 0x0a;
    checkCost(name, create(message.length), () => new Pieces(), message);
  });

  test("push() takes no longer for each line of a long chunk", () => {
    const many = toBytes(`${"a".repeat(63)}\n`.repeat(5000));
    checkCost(name, create(), () => new Lines(), many, { atOnce: true });
  });

  test("push() gives lines that come over a socket byte by byte", async () => {
    const calls = new Calls();
    const play = async (peer: Peer) => {
      await peer.dribble("naïve €\r\n\nthe end\r\n");
      await peer.halfClose();
    };
    await using server = await calls.serve(play, { name: "Ada" });
    const socket = net.connect({ port: server.port, host: "127.0.0.1" });
    const wanted = ["naïve €", "", "the end"];
    await calls.gives("push() of what Ada sent", () => linesOf(socket), wanted);
  });

  test("push() gives the lines of a client in python3", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const calls = new Calls();
    await calls.gives("push() of what python3 sent", linesOfPython, linesSentByPython);
  });
});

/** A decoder that keeps a list of pieces, to be measured against. */
class Pieces implements Decoder<string> {
  #pieces: Uint8Array[] = [];

  push(chunk: Uint8Array): string[] {
    this.#pieces.push(Uint8Array.from(chunk));
    return chunk.includes(0x0a) ? [new TextDecoder().decode(Buffer.concat(this.#pieces))] : [];
  }
}

/** A decoder of whole lines, to be measured against. */
class Lines implements Decoder<string> {
  push(chunk: Uint8Array): string[] {
    const lines: string[] = [];
    const decoder = new TextDecoder();
    for (let end, begin = 0; (end = chunk.indexOf(0x0a, begin)) >= 0; begin = end + 1) {
      lines.push(decoder.decode(chunk.slice(begin, end)));
    }
    return lines;
  }
}

/** All that a socket brings, through a decoder. */
async function linesOf(socket: net.Socket): Promise<string[]> {
  const decoder = create()();
  const all: string[] = [];
  for await (const chunk of socket) all.push(...decoder.push(chunk));
  decoder.end();
  return all;
}

async function linesOfPython(): Promise<string[]> {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as net.AddressInfo;
  const connected = once(server, "connection");
  const sent = runTool("python3", [sender, String(port)]);
  try {
    const [socket] = await connected;
    return await linesOf(socket);
  } finally {
    await sent;
    server.close();
  }
}

/** See test/peers/line_sender.py. */
const linesSentByPython = Array.from(
  { length: 200 },
  (_, i) => `${i}${" naïve € Ω 漢字 𝄞".repeat(i % 4)}`,
);
