import { describe, test } from "vitest";
import { someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import { fromHex } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { naming, type Parts, receiveNoMore } from "#support/replies.ts";
import type { Server } from "#support/server.ts";
import { missingTool, runTool } from "#support/tool.ts";

const { running, start } = programExercise(import.meta.url);

// Written down from RFC 1035, sections 4.1 and 4.2.2.
const name = "06 636f75727365 04 74657374 00";
const question = `${name} 0001 0001`;
const record = "c00c 0001 0001 0000003c 0004 c0000207";

const query = fromHex(`001d  1234 0100 0001 0000 0000 0000  ${question}`);
const answer = fromHex(`002d  1234 8500 0001 0001 0000 0000  ${question}  ${record}`);

/** What dig 9.18 sent for the same: AD is set, and an OPT record with a cookie stands behind. */
const digsQuery = fromHex(`
  0034  8a9f 0120 0001 0000 0000 0001  ${question}
  00 0029 04d0 00000000 000c 000a 0008 d31883c558736c52
`);
const digsAnswer = fromHex(`002d  8a9f 8500 0001 0001 0000 0000  ${question}  ${record}`);

/** A message with its length in front. */
function framed(message: string): Uint8Array {
  const bytes = fromHex(message);
  return Uint8Array.of(bytes.length >> 8, bytes.length & 0xff, ...bytes);
}

/** What stands at an offset of an answer, its length in front included. */
const parts: Parts = [
  [2, "the length in front"],
  [4, "the ID"],
  [5, "the flags"],
  [6, "the code"],
  [14, "the four counts"],
  [Infinity, "the question, or the record behind it"],
];

/** Waits for an answer, and says of one that differs what it was for, and in which part it does. */
async function answers(peer: Peer, wanted: Uint8Array, to: string): Promise<void> {
  await naming(`the answer to ${to}`, peer.receive(wanted), parts);
}

/** Runs dig, and compares those lines that it prints which are of interest. */
async function dig(
  server: Server,
  words: string[],
  due: (string | RegExp)[],
  ofInterest = /\S/,
): Promise<void> {
  const fixed = ["@127.0.0.1", "-p", String(server.port), "+tcp", "+tries=1", "+time=2"];
  const { stdout, stderr } = await runTool("dig", [...fixed, ...words]);
  const lines = new TextDecoder().decode(stdout).split("\n").filter((it) => ofInterest.test(it));
  server.checkLines(`dig ${words.join(" ")}`, { lines, due, stderr });
}

describe("1 of 4, it answers a query", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server answers with the address of the name that it knows", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(query);
    await answers(ada, answer, "a query for course.test, type A");
  });

  test("server answers what dig asks, and repeats the question alone", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(digsQuery);
    await answers(ada, digsAnswer, "dig's query, with AD set and a record behind the question");
  });

  test("server repeats the ID and RD as they came", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(framed(`fffe 0000 0001 0000 0000 0000  ${question}`));
    const wanted = framed(`fffe 8400 0001 0001 0000 0000  ${question}  ${record}`);
    await answers(ada, wanted, "a query in which RD is not set");
  });

  test("server takes capital letters for the same name, and repeats them", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const capitals = "06 436f55725345 04 54455354 00  0001 0001";
    await ada.send(framed(`1234 0100 0001 0000 0000 0000  ${capitals}`));
    const wanted = framed(`1234 8500 0001 0001 0000 0000  ${capitals}  ${record}`);
    await answers(ada, wanted, "a query for CoUrSE.TEST");
  });

  test.for([
    ["type AAAA", "001c 0001"],
    ["type ANY", "00ff 0001"],
    ["class CH", "0001 0003"],
  ])("server answers without a record for another type or class: %s", async ([what, kind]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(framed(`1234 0100 0001 0000 0000 0000  ${name} ${kind}`));
    const wanted = framed(`1234 8500 0001 0000 0000 0000  ${name} ${kind}`);
    await answers(ada, wanted, `a query for course.test, ${what}`);
  });

  test("server sets no flags but its own", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(framed(`1234 0720 0001 0000 0000 0000  ${question}`));
    const wanted = framed(`1234 8500 0001 0001 0000 0000  ${question}  ${record}`);
    await answers(ada, wanted, "a query in which AA, TC and AD are set");
  });

  test.for([
    ["other.test", "05 6f74686572 04 74657374 00"],
    ["www.course.test", `03 777777 ${name}`],
    ["test", "04 74657374 00"],
    ["course.test.test", "06 636f75727365 04 74657374 04 74657374 00"],
    ["the root", "00"],
    ["one label with a dot in it, course\\.test", "0b 636f757273652e74657374 00"],
    ["a name like it, but for the highest bit of a letter", "06 e36f75727365 04 74657374 00"],
    ["a label of 63 bytes", `3f ${"78".repeat(63)} 00`],
  ])("server answers NXDOMAIN for any other name: %s", async ([what, other]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(framed(`1234 0100 0001 0000 0000 0000  ${other} 0001 0001`));
    const wanted = framed(`1234 8503 0001 0000 0000 0000  ${other} 0001 0001`);
    await answers(ada, wanted, `a query for ${what}`);
  });
});

describe("2 of 4, it finds the messages in the stream", () => {
  test("server answers a query that comes byte by byte", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble(query);
    await answers(ada, answer, "a query that came byte by byte");
  });

  test("server answers one query after another on a connection", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(query);
    await answers(ada, answer, "the first query");
    await ada.send(digsQuery);
    await answers(ada, digsAnswer, "the second query");
  });

  test("server answers two queries in one chunk, in their order", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce([query, digsQuery]);
    await answers(ada, answer, "the first of two queries");
    await answers(ada, digsAnswer, "the second of two queries in one chunk");
  });

  test("server keeps what begins behind a query", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const cut of [1, 2, 9]) {
      await ada.coalesce([query, digsQuery.subarray(0, cut)]);
      await ada.drained();
      await answers(ada, answer, "a query behind which another begins");
      await ada.send(digsQuery.subarray(cut));
      await answers(ada, digsAnswer, `a query that began with ${cut} bytes behind another`);
    }
  });

  test("server answers a hundred queries in one chunk", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce(Array(100).fill(query));
    for (let k = 1; k <= 100; k++) await answers(ada, answer, `query ${k} of 100`);
  });

  test("server keeps the halves of two clients apart", async () => {
    const server = await running();
    server.keepsApart();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send(query.subarray(0, 20));
    await ada.drained();
    await bob.send(digsQuery.subarray(0, 20));
    await bob.drained();
    await ada.send(query.subarray(20));
    await answers(ada, answer, "Ada's query, whose halves came before and after Bob's first");
    await bob.send(digsQuery.subarray(20));
    await answers(bob, digsAnswer, "Bob's query");
  });
});

describe("3 of 4, it refuses", () => {
  test("server answers NOTIMP when the opcode is another", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(framed(`0007 1100 0001 0000 0000 0000  ${question}`));
    await answers(ada, framed("0007 9104 0000 0000 0000 0000"), "a query with opcode 2");
    await ada.send(framed(`0007 4100 0001 0000 0000 0000  ${question}`));
    await answers(ada, framed("0007 c104 0000 0000 0000 0000"), "a query with opcode 8");
    await ada.send(framed("0008 2800 0000 0001 0000 0000"));
    await answers(ada, framed("0008 a804 0000 0000 0000 0000"), "opcode 5 and no question");
    await ada.send(query);
    await answers(ada, answer, "a query behind one that was refused");
  });

  test.for([
    ["no question", "0000", ""],
    ["two questions", "0002", `${question} ${question}`],
    ["a count of one question and none there", "0001", ""],
    ["a name without its end", "0001", "06 636f75727365"],
    ["a label cut off", "0001", "06 636f75"],
    ["no type behind the name", "0001", name],
    ["half a class behind the name", "0001", `${name} 0001 00`],
    ["a pointer in the name", "0001", "c00c 0001 0001"],
    ["a pointer behind a label", "0001", "06 636f75727365 c00c 0001 0001"],
    ["a label of 64 bytes", "0001", `40 ${"78".repeat(64)} 00 0001 0001`],
    ["a label of 128 bytes", "0001", `80 ${"78".repeat(128)} 00 0001 0001`],
    ["a count of 257 questions", "0101", question],
  ])("server answers FORMERR when there is %s", async ([what, count, rest]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(framed(`0009 0100 ${count} 0000 0000 0000  ${rest}`));
    await answers(ada, framed("0009 8101 0000 0000 0000 0000"), `a query with ${what}`);
    await ada.send(query);
    await answers(ada, answer, "a query behind one that was refused");
  });

  test("server gives no answer to an answer", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    // Two servers that answered such a thing could go on for ever.
    const others = [`0007 8180 0000 0000 0000 0000`, `0007 9100 0001 0000 0000 0000  ${question}`];
    await ada.coalesce([answer, digsQuery]);
    await answers(ada, digsAnswer, "a query behind a message in which QR is set");
    await ada.coalesce([...others.map(framed), digsQuery]);
    await answers(ada, digsAnswer, "one behind others with QR, without a question or an opcode");
  });

  test.for<[number, string]>([
    [0, "no message is empty"],
    [1, "a message has a header of 12"],
    [11, "a message has a header of 12"],
    [4097, "4096 are the most"],
    [0x7fff, "4096 are the most"],
    [0x8000, "its highest bit is no sign"],
    [0xfff0, "its highest bit is no sign"],
    [0xffff, "its highest bit is no sign"],
  ])(
    "server ends the connection when a length of %i is claimed",
    async ([length, why]) => {
      const server = await running();
      await using ada = await server.connect("Ada");
      await ada.send(query);
      await answers(ada, answer, "a query before it");
      await ada.send(Uint8Array.of(length >> 8, length & 0xff));
      await receiveNoMore(ada, `a length of ${length} was claimed: ${why}`);
    },
  );

  test("server takes a message of 4096 bytes", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const padding = "00".repeat(4096 - 29);
    await ada.send(framed(`1234 0100 0001 0000 0000 0000  ${question} ${padding}`));
    await answers(ada, answer, "a query of 4096 bytes");
  });

  test("server ends in order although more comes behind a length that it refuses", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send(fromHex("ffff"));
    await ada.send(someBytes(1 << 20));
    await bob.send(query);
    await answers(bob, answer, "Bob's query, while Ada sends what nobody wants");
    await receiveNoMore(ada, "a length of 65535 was claimed, and a mebibyte came behind it");
  });
});

describe("4 of 4, it ends well, and dig understands it", () => {
  test("server answers everything and ends when the client has half-closed", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose(Uint8Array.of(...query, ...digsQuery));
    await answers(ada, answer, "the first query of a client that half-closed");
    await answers(ada, digsAnswer, "the second query of a client that half-closed");
    await receiveNoMore(ada, "Ada has half-closed");
  });

  test("server ends without an answer when the client ends in mid-message", async () => {
    const server = await running();
    for (const length of [1, 2, 14, query.length - 1]) {
      await using ada = await server.connect("Ada");
      await ada.halfClose(query.subarray(0, length));
      await receiveNoMore(
        ada,
        `Ada half-closed after ${length} of ${query.length} bytes of a query`,
      );
    }
  });

  test("server goes on after a reset in mid-message", async () => {
    const server = await running();
    await using bob = await server.connect("Bob");
    await using ada = await server.connect("Ada");
    await ada.reset(query.subarray(0, 9));
    // The first one may be served before the reset is noticed.
    for (const which of ["first", "second", "third", "fourth"]) {
      await bob.send(query);
      await answers(bob, answer, `Bob's ${which} query, after Ada's reset`);
    }
  });

  test("server answers dig", async ({ skip }) => {
    const missing = missingTool("dig");
    if (missing) return skip(missing);
    const server = await running();
    await dig(server, ["+short", "course.test"], ["192.0.2.7"]);
    const status = (code: string) => [new RegExp(`status: ${code},`)];
    await dig(server, ["other.test"], status("NXDOMAIN"), /status:/);
    await dig(server, ["course.test", "AAAA"], status("NOERROR"), /status:/);
    await dig(server, ["+opcode=STATUS", "course.test"], status("NOTIMP"), /status:/);
  });

  test("server answers dig several times on one connection", async ({ skip }) => {
    const missing = missingTool("dig");
    if (missing) return skip(missing);
    const server = await running();
    const words = ["+short", "+keepopen", "course.test", "other.test", "COURSE.test"];
    await dig(server, words, ["192.0.2.7", "192.0.2.7"]);
  });

  test("server stops on SIGTERM", async () => {
    await using server = await start();
    await using ada = await server.connect("Ada");
    await ada.send(query.subarray(0, 5));
    await server.stop();
  });
});
