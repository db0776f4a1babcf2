import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import { fromHex, toBytes } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { naming, type Parts, receiveNoMore } from "#support/replies.ts";
import { missingTool, runTool } from "#support/tool.ts";

const { running, start } = programExercise(import.meta.url);

const adder = fileURLToPath(new URL("../peers/adder.py", import.meta.url));

/** A frame whose payload has less than 256 bytes, all of it in hex but a text. */
function frame(type: string, payload: Uint8Array | string = ""): Uint8Array {
  const bytes = toBytes(payload);
  return Uint8Array.of(...fromHex(type), 0, 0, 0, bytes.length, ...bytes);
}

/** In quotes, and with U+FEFF to be seen. */
const escaped = (name: string) => JSON.stringify(name).replaceAll("\ufeff", "\\ufeff");

const hello = (name: string) => frame("01", name);
const welcome = (name: string) => frame("81", name);
const add = (number: string) => frame("02", fromHex(number));
const sum = (number: string) => frame("82", fromHex(number));
const total = fromHex("03 00000000");
const bye = fromHex("04 00000000");
const goodBye = fromHex("84 00000000");
const error = (number: number) => fromHex(`ff 00000001 0${number}`);

const parts: Parts = [[1, "the type"], [5, "the length"], [Infinity, "the payload"]];

/** Waits for an answer, and says of another what it was for, and in which part it differs. */
async function answers(peer: Peer, wanted: Uint8Array, to: string): Promise<void> {
  await naming(`the answer to ${to}`, peer.receive(wanted), parts);
}

/** Sends a frame and waits for its answer. */
async function ask(peer: Peer, sent: Uint8Array, wanted: Uint8Array, what: string) {
  await peer.send(sent);
  await answers(peer, wanted, what);
}

describe("1 of 4, it talks with one client", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server welcomes a client by its name", async () => {
    const server = await running();
    const names = [
      "Ada",
      "naïve €",
      "x",
      "thirty-two bytes, and not a more",
      " Ada\r\n",
      "\ufeffAda",
    ];
    for (const name of names) {
      await using ada = await server.connect("Ada");
      await ask(ada, hello(name), welcome(name), `hello from ${escaped(name)}`);
    }
  });

  test("server adds up, and tells the total", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ask(ada, total, sum("0000000000000000"), "total before anything was added");
    await ask(ada, add("00000005"), sum("0000000000000005"), "add 5");
    await ask(ada, add("00010000"), sum("0000000000010005"), "add 65536");
    await ask(ada, total, sum("0000000000010005"), "total");
  });

  test("server begins anew with each client", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ask(
      ada,
      add("00000100"),
      sum("0000000000000100"),
      "Ada's add 256, on a connection of its own",
    );
    await ask(bob, hello("Bob"), welcome("Bob"), "hello");
    await ask(bob, total, sum("0000000000000000"), "Bob's total, when Ada alone has added");
    await ask(bob, add("00000001"), sum("0000000000000001"), "Bob's add 1, behind Ada's add 256");
  });

  test("server adds up numbers without a sign, and beyond 32 bits", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ask(ada, add("80000000"), sum("0000000080000000"), "an add whose highest bit is no sign");
    await ask(ada, add("ffffffff"), sum("000000017fffffff"), "an add that leads beyond 32 bits");
    await ask(ada, add("00000000"), sum("000000017fffffff"), "add 0");
  });

  test("server answers bye and ends", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ask(ada, bye, goodBye, "bye");
    await receiveNoMore(ada, "bye was answered");
  });
});

describe("2 of 4, it finds the frames in the stream", () => {
  test("server answers frames that come byte by byte", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble(hello("naïve"));
    await answers(ada, welcome("naïve"), "hello, byte by byte");
    await ada.dribble(total);
    await answers(ada, sum("0000000000000000"), "total, byte by byte");
  });

  test("server answers all frames of one chunk, in their order", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce([hello("Ada"), total, add("00000001"), add("00000002"), total, bye]);
    await answers(ada, welcome("Ada"), "hello in front of others");
    await answers(ada, sum("0000000000000000"), "total behind hello in one chunk");
    await answers(ada, sum("0000000000000001"), "add 1 behind total in one chunk");
    await answers(ada, sum("0000000000000003"), "add 2 in the same chunk");
    await answers(ada, sum("0000000000000003"), "total in the same chunk");
    await answers(ada, goodBye, "bye at the end of the chunk");
    await receiveNoMore(ada, "bye was answered");
  });

  test("server does not look at what comes behind bye", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce([hello("Ada"), bye, total, frame("63"), total.subarray(0, 2)]);
    await answers(ada, welcome("Ada"), "hello");
    await answers(ada, goodBye, "bye");
    await receiveNoMore(
      ada,
      "bye was answered, and what stands behind it in the chunk is nobody's",
    );
  });

  test("server keeps the halves and the sums of two clients apart", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    for (const part of [[0, 3], [3, 7], [7, 10]]) {
      for (const [peer, name] of [[ada, "Adina"], [bob, "Bobby"]] as const) {
        await peer.send(hello(name).subarray(...part));
        await peer.drained();
      }
    }
    await answers(ada, welcome("Adina"), "Ada's hello, with parts of Bob's between its own");
    await answers(bob, welcome("Bobby"), "Bob's hello, with parts of Ada's between its own");
    await ask(ada, add("00000100"), sum("0000000000000100"), "Ada's add 256");
    await ask(bob, add("00000001"), sum("0000000000000001"), "Bob's add 1");
    await ask(ada, total, sum("0000000000000100"), "Ada's total");
  });
});

describe("3 of 4, it answers what it cannot serve", () => {
  test.for([
    ["an add", add("00000001")],
    ["a total", total],
    ["a bye", bye],
  ])("server answers error 2 when hello has not come yet: %s", async ([what, sent]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, sent as Uint8Array, error(2), `${what} before hello`);
    await ask(ada, hello("Ada"), welcome("Ada"), `hello behind ${what} that was out of turn`);
    await ask(ada, total, sum("0000000000000000"), "total, when nothing was added in turn");
  });

  test("server answers error 2 when hello comes again", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ask(ada, add("00000007"), sum("0000000000000007"), "add 7");
    await ask(ada, hello("Eve"), error(2), "a second hello");
    await ask(ada, total, sum("0000000000000007"), "total behind a second hello");
  });

  test.for(["00", "05", "7f", "80", "81", "ff"])(
    "server answers error 1 when there is no such type: %s",
    async (type) => {
      const server = await running();
      await using ada = await server.connect("Ada");
      await ask(ada, frame(type), error(1), `type ${type} before hello`);
      await ask(ada, hello("Ada"), welcome("Ada"), `hello behind a frame of type ${type}`);
      await ask(ada, frame(type, "what?"), error(1), `type ${type} with a payload`);
      await ask(ada, total, sum("0000000000000000"), `total behind a frame of type ${type}`);
    },
  );

  test.for([
    ["an empty name", ""],
    ["a name of 33 bytes", "thirty-three bytes, not any more!"],
    ["a name of 17 characters and 34 bytes", "é".repeat(17)],
  ])("server answers error 3 to a hello with %s", async ([what, name]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, hello(name!), error(3), `hello with ${what}`);
    await ask(ada, total, error(2), "total behind a hello that was not welcomed");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello behind one that was not welcomed");
  });

  test("server answers error 3 to a hello that is not UTF-8", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, frame("01", fromHex("41 c328")), error(3), "hello with bytes that are no text");
    await ask(ada, frame("01", fromHex("e282")), error(3), "hello with a part of a character");
    await ask(ada, hello("€"), welcome("€"), "hello behind one that was not welcomed");
  });

  test.for([
    ["add without a number", frame("02")],
    ["add with three bytes", add("000001")],
    ["add with five bytes", add("0000000001")],
    ["total with a payload", frame("03", "x")],
    ["bye with a payload", frame("04", "so long")],
  ])("server answers error 3 to %s", async ([what, sent]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ask(ada, sent as Uint8Array, error(3), what as string);
    await ask(ada, add("00000002"), sum("0000000000000002"), `add 2 behind ${what}`);
  });

  test("server answers the lowest of two errors", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, frame("02", "x"), error(2), "add before hello, and with one byte");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ask(ada, hello(""), error(2), "a second hello, with an empty name");
  });
});

describe("4 of 4, it ends well", () => {
  test("server takes a frame of 1024 bytes", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const sent = Uint8Array.of(...fromHex("01 00000400"), ...someBytes(1024));
    await ask(ada, sent, error(3), "a hello of 1024 bytes, which is no name");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello behind a frame of 1024 bytes");
  });

  test("server answers error 4 when a frame is too long", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const sent = Uint8Array.of(...fromHex("01 00000401"), ...someBytes(1025));
    await ask(ada, sent, error(4), "a frame of 1025 bytes");
    await receiveNoMore(ada, "a frame of 1025 bytes had come");
  });

  test.for(["00000401", "00010000", "7fffffff", "80000000", "fffffff0", "ffffffff"])(
    "server answers error 4 and ends when a header claims too much: %s",
    async (length) => {
      const server = await running();
      await using ada = await server.connect("Ada");
      await ask(ada, hello("Ada"), welcome("Ada"), "hello");
      const sign = length < "8" ? "" : ", whose highest bit is no sign";
      const what = `a header that claims 0x${length} bytes${sign}`;
      await ask(ada, fromHex(`02 ${length}`), error(4), what);
      await receiveNoMore(ada, `a header claimed 0x${length} bytes`);
    },
  );

  test("server refuses one client while it works for another", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ask(bob, hello("Bob"), welcome("Bob"), "Bob's hello");
    await ada.send(fromHex("63 fffffff0"));
    await ada.send(someBytes(1 << 20));
    await ask(bob, add("00000003"), sum("0000000000000003"), "Bob's add 3, while Ada sends on");
    await answers(ada, error(4), "a header that claims 0xfffffff0 bytes, and a mebibyte behind it");
    await receiveNoMore(ada, "a header claimed 0xfffffff0 bytes, and a mebibyte came behind it");
    await ask(bob, total, sum("0000000000000003"), "Bob's total");
  });

  test("server answers everything and ends when the client has half-closed", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose(Uint8Array.of(...hello("Ada"), ...add("00000004"), ...total));
    await answers(ada, welcome("Ada"), "hello");
    await answers(ada, sum("0000000000000004"), "add 4");
    await answers(ada, sum("0000000000000004"), "total in front of FIN");
    await receiveNoMore(ada, "Ada has half-closed between two frames");
  });

  test("server gives all answers to a client that sends much behind bye and reads late", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    const totals = 100_000;
    {
      using _pause = ada.stopReading();
      void ada.send(
        Buffer.concat([...Array(totals).fill(total), bye, ...Array(totals).fill(total)]),
      );
      await ada.settled();
    }
    await ada.receive(Buffer.concat(Array(totals).fill(sum("0000000000000000"))));
    await answers(ada, goodBye, "bye behind many others, and in front of as many");
    await receiveNoMore(ada, "bye was answered");
  });

  test("server answers error 5 and ends when the client ends in mid-frame", async () => {
    const server = await running();
    const sent = add("00000001");
    for (let length = sent.length - 1; length > 0; length--) {
      await using ada = await server.connect("Ada");
      await ask(ada, hello("Ada"), welcome("Ada"), "hello");
      await ada.halfClose(sent.subarray(0, length));
      const part = length > 5 ? "a payload" : length === 5 ? "a header" : "half a header";
      await answers(ada, error(5), `FIN behind ${part}, ${length} of 9 bytes of a frame`);
      await receiveNoMore(ada, `Ada half-closed after ${length} of 9 bytes of a frame`);
    }
  });

  test("server goes on after resets", async () => {
    const server = await running();
    await using bob = await server.connect("Bob");
    await ask(bob, hello("Bob"), welcome("Bob"), "Bob's hello");
    for (const sent of [hello("Ada"), hello("Ada").subarray(0, 4), hello("Ada").subarray(0, 6)]) {
      await using ada = await server.connect("Ada");
      await ada.reset(sent);
    }
    await ask(bob, total, sum("0000000000000000"), "Bob's total, after Ada's resets");
  });

  test("server keeps no connection that is over", async () => {
    const server = await running();
    const before = server.openSockets;
    {
      await using ada = await server.connect("Ada");
      await ask(ada, hello("Ada"), welcome("Ada"), "hello");
      await ask(ada, bye, goodBye, "bye");
      await receiveNoMore(ada, "bye was answered");
      await ada.halfClose();
    }
    await server.checkNoneKept(before, "in order");
  });

  test("server answers a client in python3 that dribbles", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const server = await running();
    const result = await runTool("python3", [adder, String(server.port)]);
    server.checkTool("python3", result, "bytes-differ");
  });

  test("server answers a client in python3 that sends all at once", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const server = await running();
    const result = await runTool("python3", [adder, String(server.port), "--at-once"]);
    server.checkTool("python3", result, "bytes-differ");
  });

  test("server stops on SIGTERM", async () => {
    await using server = await start();
    await using ada = await server.connect("Ada");
    await ask(ada, hello("Ada"), welcome("Ada"), "hello");
    await ada.send(add("00000001").subarray(0, 6));
    await server.stop();
  });
});
