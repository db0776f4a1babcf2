import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { programExercise } from "#support/exercise.ts";
import { toBytes } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { missingTool, runTool } from "#support/tool.ts";
import { Verdict } from "#support/verdict.ts";

const { start, running } = programExercise(import.meta.url);

const client = fileURLToPath(new URL("../peers/calculator_client.py", import.meta.url));

const limitBytes = 65_536;

/** Less than half of what it would keep. */
const mayGrowBytes = 16 << 20;

/** The line that asks for something. */
const ask = (id: unknown, op: string, a: number, b: number) =>
  `${JSON.stringify({ id, op, args: [a, b] })}\n`;

const sum = (id: unknown, a: number, b: number) => ask(id, "add", a, b);

/** An answer, whatever the order of its fields, and what else is in it. */
class Answer {
  readonly #says: string;
  readonly #fits: (answer: Record<string, unknown>) => boolean;

  constructor(says: string, fits: (answer: Record<string, unknown>) => boolean) {
    this.#says = says;
    this.#fits = fits;
  }

  test(line: string): boolean {
    try {
      const answer = JSON.parse(line);
      return typeof answer === "object" && answer !== null && this.#fits(answer);
    } catch {
      return false;
    }
  }

  toString(): string {
    return this.#says;
  }
}

/** Some text in at most 60 characters. */
const short = (text: string) => text.length > 60 ? `${text.slice(0, 57)}...` : text;

function result(id: unknown, value: number, why = ""): Answer {
  const says = `the result ${value} with the id ${short(JSON.stringify(id))}`;
  return new Answer(
    why ? `${says} (${why})` : says,
    (it) => it.id === id && it.result === value && (it.error ?? undefined) === undefined,
  );
}

function error(id: unknown, why: string): Answer {
  return new Answer(
    `an error with the id ${short(JSON.stringify(id))} (${why})`,
    (it) => it.id === id && typeof it.error === "string" && it.error !== "" && !("result" in it),
  );
}

/** Sends a line that is to fail, and one that is not. */
async function sendBad(peer: Peer, line: string | Uint8Array, due: Answer): Promise<void> {
  await peer.send(line);
  await peer.receiveLines([due]);
  await peer.send(sum("next", 20, 22));
  await peer.receiveLines([result("next", 42, "the line before it was bad, this one is not")]);
}

describe("1 of 6, it calculates", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server answers each kind of question", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (
      const [line, id, value] of [
        ['{"id": 1, "op": "add", "args": [1, 2]}', 1, 3],
        ['{"id": 2, "op": "sub", "args": [1, 2]}', 2, -1],
        ['{"id": 3, "op": "mul", "args": [1.5, -4]}', 3, -6],
        ['{"id": 4, "op": "div", "args": [1, 8]}', 4, 0.125],
        ['{"args":[0.1,2e-1],"op":"add","id":5}', 5, 0.1 + 0.2],
        [' {"id":6,"op":"add","args":[1,2],"note":"please"}\t', 6, 3],
      ] as const
    ) {
      await ada.send(`${line}\n`);
      await ada.receiveLines([result(id, value)]);
    }
  });

  test("server gives back any id", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const id of [0, -1.5, 1e21, "", "one", "null", "naïve €"]) {
      await ada.send(sum(id, 1, 2));
      await ada.receiveLines([result(id, 3)]);
    }
  });

  test("server takes a line that ends in CR LF", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(sum(1, 1, 2).replace("\n", "\r\n"));
    await ada.receiveLines([result(1, 3)]);
  });
});

describe("2 of 6, it finds the lines", () => {
  test("server answers several lines in one chunk, in their order", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce([sum(1, 1, 1), "rubbish\n", sum(2, 2, 2), sum(3, 3, 3)]);
    await ada.receiveLines([result(1, 2), error(null, "no JSON"), result(2, 4), result(3, 6)]);
  });

  test("server answers a line that comes byte by byte", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send('{"op":"add","args":[1,2],"id":"');
    await ada.drained();
    await ada.dribble('naïve €"}\r\n');
    await ada.receiveLines([result("naïve €", 3)]);
  });

  test("server goes on with a line whose beginning came with the one before", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const second = sum(2, 20, 22);
    await ada.coalesce([sum(1, 1, 2), second.slice(0, 9)]);
    await ada.receiveLines([result(1, 3)]);
    await ada.send(second.slice(9));
    await ada.receiveLines([result(2, 42)]);
  });
});

describe("3 of 6, it answers what it cannot calculate", () => {
  test.for([
    ["", "the line is empty"],
    ["hello", "it is no JSON"],
    ['{"id":1,"op":"add","args":[1,2]', "it is no JSON without its last brace"],
    ["{'id':1,'op':'add','args':[1,2]}", "JSON has no such quotes"],
    ["null", "it is no object"],
    ["42", "it is no object"],
    ["[1,2]", "it is no object"],
    ['{"op":"add","args":[1,2]}', "it has no id"],
    ['{"id":true,"op":"add","args":[1,2]}', "its id is true"],
    ['{"id":{},"op":"add","args":[1,2]}', "its id is an object"],
    ['{"id":1e400,"op":"add","args":[1,2]}', "its id is too large for a number"],
  ])("server answers with an error without an id for %j", async ([line, why]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await sendBad(ada, `${line}\n`, error(null, why!));
  });

  test.for([
    ['{"id":7}', "it asks for nothing"],
    ['{"id":7,"op":"pow","args":[1,2]}', "pow is no operation"],
    ['{"id":7,"op":"toString","args":[1,2]}', "toString is no operation"],
    ['{"id":7,"op":"constructor","args":[1,2]}', "constructor is no operation"],
    ['{"id":7,"op":"valueOf","args":[1,2]}', "valueOf is no operation"],
    ['{"id":7,"op":"__proto__","args":[1,2]}', "__proto__ is no operation"],
    ['{"id":7,"op":["add"],"args":[1,2]}', "its op is an array"],
    ['{"id":7,"op":"add"}', "it has no args"],
    ['{"id":7,"op":"add","args":"12"}', "its args are a string"],
    ['{"id":7,"op":"add","args":{"0":1,"1":2,"length":2}}', "its args are an object"],
    ['{"id":7,"op":"add","args":[1]}', "one number is missing"],
    ['{"id":7,"op":"add","args":[1,2,3]}', "there are three numbers"],
    ['{"id":7,"op":"add","args":["1","2"]}', "its args are strings"],
    ['{"id":7,"op":"mul","args":[null,true]}', "null and true are no numbers"],
    ['{"id":7,"op":"div","args":[1,0]}', "nothing can be divided by zero"],
    ['{"id":7,"op":"div","args":[0,0]}', "nothing can be divided by zero"],
    ['{"id":7,"op":"mul","args":[1e200,1e200]}', "the result is too large for a number"],
    ['{"id":7,"op":"add","args":[1e400,1]}', "1e400 is too large for a number"],
    ['{"id":7,"op":"div","args":[1,1e400]}', "1e400 is too large for a number"],
  ])("server answers with an error and the id for %j", async ([line, why]) => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await sendBad(ada, `${line}\n`, error(7, why!));
  });

  test("server answers with an error and whatever id the line has", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const id of [0, -1.5, "", "0", "naïve €"]) {
      await sendBad(ada, ask(id, "pow", 1, 2), error(id, "pow is no operation"));
    }
  });

  test("server answers with an error when a line is no UTF-8", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const [before, after] = sum("#", 1, 2).split("#").map(toBytes);
    const line = Uint8Array.from([...before!, 0xff, ...after!]);
    await sendBad(ada, line, error(null, "0xff is in no character of UTF-8"));
  });
});

describe("4 of 6, it has a limit, and answers stay in their lines", () => {
  const full = sum("full", 1, 2).trim().padEnd(limitBytes);

  test("server takes a line of 65536 bytes", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(`${full}\n`);
    await ada.receiveLines([result("full", 3, "the line has 65536 bytes")]);
    await ada.send(`${full}\r\n`);
    await ada.receiveLines([result("full", 3, "the line has 65536 bytes, and CR LF behind them")]);
    await ada.send(`${full}\r`);
    await ada.drained();
    await ada.send("\n");
    const why = "the line has 65536 bytes, and CR LF in two chunks";
    await ada.receiveLines([result("full", 3, why)]);
  });

  test("server answers with an error when a line has one byte more", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await sendBad(ada, `${full} \n`, error(null, "the line has 65537 bytes"));
  });

  test("server answers with an error when a line has so many bytes, but fewer characters", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const line = sum("€".repeat(30_000), 1, 2);
    await sendBad(ada, line, error(null, "30000 euro signs are 90000 bytes"));
  });

  test("server answers with an error before a line that is too long has ended, and skips it", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("x".repeat(limitBytes + 2));
    await ada.receiveLines([error(null, "65538 bytes have come without an end")]);
    await ada.send("x".repeat(1 << 20));
    await ada.drained();
    await ada.coalesce([sum("hidden", 1, 2), sum("next", 20, 22)]);
    const why = "all up to the next LF belongs to the line that was too long";
    await ada.receiveLines([result("next", 42, why)]);
  });

  test("server keeps nothing of a line that is too long", async () => {
    await using server = await start();
    await using ada = await server.connect("Ada");
    await ada.send(sum(1, 1, 2));
    await ada.receiveLines([result(1, 3)]);
    const much = new Uint8Array(40 << 20).fill(0x78);
    await ada.send(much);
    await ada.receiveLines([error(null, "40 MiB have come without an end")]);
    const what = "Ada sent 40 MiB more of a line that was too long, for the fifth time";
    // What a runtime has read it clears away in its own time. Whoever keeps it grows every time.
    for (let round = 1; round <= 5; round++) {
      const before = server.memory;
      await ada.send(much);
      await ada.drained();
      if (server.memory - before < mayGrowBytes) break;
      if (round === 5) server.checkMemory(before, mayGrowBytes, what, "what it has to skip");
    }
    await ada.send(`\n${sum(2, 1, 2)}`);
    await ada.receiveLines([result(2, 3)]);
  });

  test("server escapes what it gives back", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const id of ['say "hi"', "C:\\temp", 'a","result":7}\n{"id":"b', "\r\n", "\u2028\0"]) {
      await ada.send(sum(id, 1, 2));
      await ada.receiveLines([result(id, 3)]);
    }
  });

  test("server stays in its line when it says what is wrong", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await sendBad(ada, 'say "hi" \\ \t\n', error(null, "it is no JSON"));
    const op = '"}\n{"id":8,"result":1}\n{"id":"';
    await sendBad(ada, ask(7, op, 1, 2), error(7, "there is no such operation"));
  });
});

describe("5 of 6, it serves several clients", () => {
  test("server keeps the lines of two clients apart", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    const [adas, bobs] = [sum("Ada", 1, 2), sum("Bob", 20, 22)];
    for (const [from, to] of [[0, 9], [9, 21], [21, undefined]] as const) {
      await ada.send(adas.slice(from, to));
      await ada.drained();
      await bob.send(bobs.slice(from, to));
      await bob.drained();
    }
    await ada.receiveLines([result("Ada", 3)]);
    await bob.receiveLines([result("Bob", 42)]);
  });

  test("server answers one client while another sends rubbish", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using eve = await server.connect("Eve");
    const half = sum("Ada", 1, 2);
    await ada.send(half.slice(0, 11));
    for (const rubbish of [everything, toBytes("null\n".repeat(100)), everything]) {
      await eve.send(rubbish);
      await eve.drained();
      await ada.send(sum("Ada", 1, 2).slice(11) + half.slice(0, 11));
      await ada.receiveLines([result("Ada", 3)]);
    }
    await eve.send(new Uint8Array(2 * limitBytes));
    await ada.send(half.slice(11));
    await ada.receiveLines([result("Ada", 3)]);
  });

  test("server goes on after a reset in the middle of a line", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.reset(`${sum(1, 1, 2)}{"id":2,`);
    await bob.send(sum("Bob", 20, 22));
    await bob.receiveLines([result("Bob", 42)]);
  });
});

describe("6 of 6, it ends well", () => {
  test("server answers everything and ends when the client has half-closed", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose(`${sum(1, 1, 2)}null\n${sum(2, 20, 22)}`);
    await ada.receiveLines([result(1, 3), error(null, "it is no object"), result(2, 42)]);
    await ada.receiveEnd();
  });

  test("server ends when the client ends without a word", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await ada.receiveEnd();
  });

  test("server answers with an error when the end comes in the middle of a line", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose(sum(1, 1, 2) + sum(2, 20, 22).trim());
    await ada.receiveLines([result(1, 3), error(null, "the last line has no LF")]);
    await ada.receiveEnd();
  });

  test("server answers whatever stands behind the last LF", async () => {
    for (const rest of [" ", "\r", "\t \r"]) {
      const server = await running();
      await using ada = await server.connect("Ada");
      await ada.halfClose(sum(1, 1, 2) + rest);
      const why = `${JSON.stringify(rest)} stood behind the last LF`;
      await ada.receiveLines([result(1, 3), error(null, why)]);
      await ada.receiveEnd();
    }
  });

  test("server answers a line that is too long once, though it never ends", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("x".repeat(limitBytes + 2) + "the rest");
    await ada.receiveLines([error(null, "65546 bytes came, and no LF")]);
    await ada.receiveEnd();
  });

  test("server sends all answers to a client that half-closed and reads late", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const ids = Array.from({ length: 300 }, (_, i) => `${i} ${"long ".repeat(12_000)}`);
    {
      using _pause = ada.stopReading();
      void ada.halfClose(ids.map((id) => sum(id, 1, 2)).join(""));
      await ada.settled();
      // By the time that Bob has been answered twice, Ada's end has been heard as well.
      await using bob = await server.connect("Bob");
      for (const n of [1, 2]) {
        await bob.send(sum("Bob", n, 40));
        await bob.receiveLines([result("Bob", n + 40)]);
      }
    }
    const answers = new TextDecoder().decode(await ada.receiveAll()).split("\n").slice(0, -1);
    const right = ids.filter((id, i) => result(id, 3).test(answers[i] ?? "")).length;
    if (right === ids.length) return;
    const sentence = `It gave ${right} of ${ids.length} long answers, and then its FIN`;
    throw new Verdict("fin-too-early", sentence, { story: ada.story });
  });

  test("server answers nc", async ({ skip }) => {
    const missing = missingTool("nc");
    if (missing) return skip(missing);
    const server = await running();
    const words = ["-N", "127.0.0.1", String(server.port)];
    const { stdout, stderr } = await runTool("nc", words, `${sum(1, 1, 2)}hello\r\n\n`);
    const lines = new TextDecoder().decode(stdout).split("\n").slice(0, -1);
    const due = [result(1, 3), error(null, "it is no JSON"), error(null, "the line is empty")];
    server.checkLines("nc", { lines, due, stderr });
  });

  test("server answers a client in python3", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) return skip(missing);
    const server = await running();
    const answered = await runTool("python3", [client, String(server.port)]);
    server.checkTool("python3", answered, "bytes-differ");
  });

  test("server stops on SIGTERM, with a client connected", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(sum(1, 1, 2));
    await ada.receiveLines([result(1, 3)]);
    await server.stop();
  });
});

/** Every byte, LF among them, and no JSON. */
const everything = Uint8Array.from({ length: 256 }, (_, i) => i);
