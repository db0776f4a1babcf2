import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { receiveNoMore, receiveReplies } from "#support/replies.ts";
import { someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import { fromHex } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { missingTool, runTool } from "#support/tool.ts";

const { running } = programExercise(import.meta.url);
const client = fileURLToPath(new URL("../peers/price_client.py", import.meta.url));

const none = -2147483648;
const most = 2147483647;

/** A number of 4 bytes, as the contract has it. */
const number = {
  bytes: 4,
  encode: (value: number) =>
    Uint8Array.of(value >>> 24, value >>> 16 & 0xff, value >>> 8 & 0xff, value & 0xff),
  decode: (bytes: Uint8Array) => Buffer.from(bytes).readInt32BE(),
};

const record = (type: string, first: number, second: number) =>
  Buffer.concat([Buffer.from(type), number.encode(first), number.encode(second)]);
const put = (time: number, price: number) => record("P", time, price);
const ask = (from: number, to: number) => record("A", from, to);

const receive = (peer: Peer, wanted: number[], why: string) =>
  receiveReplies(peer, number, wanted, why);

/** Has a client say all of this in one write, and looks at its answers. */
async function checkAnswers(records: Uint8Array[], wanted: number[], why: string): Promise<void> {
  const server = await running();
  await using ada = await server.connect("Ada");
  await ada.coalesce(records);
  await receive(ada, wanted, why);
}

describe("1 of 5, it answers", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server answers an ask with the price that was put", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(fromHex("50 00 00 30 39 00 00 00 65"));
    await ada.drained();
    await ada.send(fromHex("41 00 00 30 00 00 00 40 00"));
    await receive(ada, [0x65], "65 was put at time 3039, all in hex, and asked for 3000 to 4000");
  });

  test("server answers while the connection stays open, again and again", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const [time, mean] of [[1, 10], [2, 15], [3, 20]] as const) {
      await ada.send(put(time, 10 * time));
      await ada.drained();
      await ada.send(ask(0, 9));
      await receive(ada, [mean], `10 was put at 1, 20 at 2, and so on up to time ${time}`);
    }
  });
});

describe("2 of 5, it finds the records in the stream", () => {
  test("server answers all asks of one chunk", async () => {
    const [one, two, three] = [put(101, 100), put(102, 200), put(103, 300)];
    const records = [one, ask(100, 109), two, ask(100, 109), three, ask(100, 109)];
    await checkAnswers(records, [100, 150, 200], "all records came in one chunk");
  });

  test("server answers an ask that comes one byte at a time", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble(Buffer.concat([put(201, 100), put(202, 300), ask(200, 209)]));
    await receive(ada, [200], "each byte came by itself");
  });

  test("server answers asks wherever the chunks begin and end", async () => {
    for (const size of [4, 5, 10, 14]) {
      const server = await running();
      await using ada = await server.connect("Ada");
      const at = 1000 * size;
      const next = ask(at, at + 9);
      const records = [put(at, 7), next, put(at + 1, 9), next, put(at + 2, 11), next];
      await ada.dribble(Buffer.concat(records), size);
      await receive(ada, [7, 8, 9], `records of 9 bytes came in chunks of ${size}`);
    }
  });

  test("server goes on with a record after a silence in its middle", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(put(301, 11));
    await ada.send(ask(300, 309).subarray(0, 4));
    await ada.drained();
    await ada.stayQuiet(150);
    await ada.send(ask(300, 309).subarray(4));
    await receive(ada, [11], "its ask came in two halves, with a silence between");
  });

  test("server takes ten thousand puts in one go", async () => {
    const puts = Array.from({ length: 10_000 }, (_, i) => put(20_000 + i, i));
    await checkAnswers([...puts, ask(20_000, 29_999)], [4999], "0 to 9999 were put");
  });
});

describe("3 of 5, it keeps clients apart", () => {
  test("server keeps the prices of each client to itself", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send(put(1, 100));
    await ada.drained();
    await bob.coalesce([put(2, 300), ask(0, 9)]);
    await receive(bob, [300], "Bob had put 300, and 100 was Ada's");
    await ada.send(ask(0, 9));
    await receive(ada, [100], "Ada had put 100, and 300 was Bob's");
  });

  test("server keeps the halves of two clients apart", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    const streams = [[ada, 100], [bob, 300]] as const;
    for (const [from, to] of [[0, 5], [5, 13], [13, 18]] as const) {
      for (const [peer, price] of streams) {
        await peer.send(Buffer.concat([put(1, price), ask(0, 9)]).subarray(from, to));
        await peer.drained();
      }
    }
    for (const [peer, price] of streams) {
      await receive(peer, [price], "each client sent its records in pieces, in turn");
    }
  });

  test("server ends with a client that sends rubbish, behind the answers that it owes", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce([put(1, 100), ask(0, 9), record("X", 1, 1)]);
    await receive(ada, [100], "it was asked for before the record of the type X");
    await receiveNoMore(ada, "a record of the type X had come, which is a fault");
  });

  test("server looks at nothing that comes behind rubbish", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce([put(1, 100), record("X", 1, 1), ask(0, 9), ask(0, 9)]);
    await receiveNoMore(ada, "a record of the type X had come, and the asks stood behind it");
  });

  test("server gives all answers to a client that sends much behind rubbish and reads late", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    const asks = 200_000;
    const all = [put(1, 7), ...Array(asks).fill(ask(0, 9)), record("X", 1, 1), someBytes(1 << 20)];
    {
      using _pause = ada.stopReading();
      void ada.send(Buffer.concat(all));
      await ada.settled();
    }
    await ada.receive(Buffer.concat(Array(asks).fill(number.encode(7))));
    await ada.receiveEnd();
  });

  test("server ends with a client that puts the number for none", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.coalesce([put(1, none), ask(0, 9)]);
    await receiveNoMore(ada, "a put of -2147483648 had come, and then an ask");
  });

  test("server works for one client while another sends rubbish", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send(put(1, 100));
    await ada.send(ask(0, 9).subarray(0, 5));
    await ada.drained();
    await bob.send(someBytes(9 * 100));
    await receiveNoMore(bob, "all that Bob sent was rubbish");
    await ada.send(ask(0, 9).subarray(5));
    await receive(ada, [100], "the rubbish was Bob's");
  });

  test("server works for one client while another resets in the middle of a record", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send(put(1, 100));
    await ada.send(ask(0, 9).subarray(0, 5));
    await ada.drained();
    await bob.reset(put(1, 300).subarray(0, 7));
    await ada.send(ask(0, 9).subarray(5));
    await receive(ada, [100], "it was Bob who had reset");
  });
});

describe("4 of 5, it knows what it is asked for", () => {
  test("server answers with the number for none when there is no price", async () => {
    const records = [ask(none, most), put(5, 50), ask(6, 9), ask(6, 4), ask(4, 6)];
    const why = "no price at first, none from 6 to 9, none from 6 to 4, and 50 from 4 to 6";
    await checkAnswers(records, [none, none, none, 50], why);
  });

  test("server answers for both ends of the range", async () => {
    const records = [put(1, 10), put(2, 20), put(3, 30), ask(1, 2), ask(2, 3), ask(2, 2)];
    await checkAnswers(records, [15, 25, 20], "both ends of a range belong to it");
  });

  test("server replaces a price for the same time", async () => {
    const records = [put(1, 10), put(2, 20), put(1, 50), ask(1, 2)];
    await checkAnswers(records, [35], "50 took the place of 10");
  });

  test("server rounds down, whatever the sign", async () => {
    const records = [put(1, 3), put(2, 4), ask(1, 2), put(-1, -3), put(-2, -4), ask(-2, -1)];
    await checkAnswers(records, [3, -4], "the means of 3 and 4, -3 and -4, rounded down");
  });

  test("server rounds the mean, and nothing before it", async () => {
    const puts = Array.from({ length: 10 }, (_, i) => put(i, 1));
    await checkAnswers([...puts, ask(0, 9)], [1], "ten times 1 was put");
  });

  test("server sums more than 32 bits hold", async () => {
    const records = [put(1, most), put(2, most - 2), ask(1, 2), put(none, -most), ask(none, none)];
    const why = "the mean of 2147483647 and 2147483645, and then -2147483647 alone";
    await checkAnswers(records, [most - 1, -most], why);
  });
});

describe("5 of 5, it ends well", () => {
  test("server answers, sends a receipt and ends when the client has half-closed", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose(Buffer.concat([put(1, 100), put(2, 200), ask(1, 2)]));
    await receive(ada, [150, 3], "a mean of 150, and the receipt for 3 records");
    await ada.receiveEnd();
  });

  test("server sends a receipt for nothing when the client ends without a word", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await receive(ada, [0], "the receipt for 0 records");
    await ada.receiveEnd();
  });

  test("server sends no receipt when the client ends in the middle of a record", async () => {
    for (const kept of [1, 8]) {
      const server = await running();
      await using ada = await server.connect("Ada");
      await ada.send(put(1, 100));
      await ada.halfClose(Buffer.concat([ask(1, 1), ask(0, 9).subarray(0, kept)]));
      const why = `Ada had ended after ${kept} of the 9 bytes of a record`;
      await receive(ada, [100], why);
      await receiveNoMore(ada, why);
    }
  });

  test("server sends no receipt behind a fault", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose(Buffer.concat([put(1, 100), ask(1, 1), record("p", 1, 1)]));
    await receive(ada, [100], "it was asked for before the record of the type p");
    await receiveNoMore(ada, "Ada had ended behind a record of the type p, which is a fault");
  });

  test("server serves a python3 client that dribbles", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) skip(missing);
    const server = await running();
    const result = await runTool("python3", [client, String(server.port)]);
    server.checkTool("python3", result, "bytes-differ");
  });

  test("server stops on SIGTERM, with a client connected", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send(Buffer.concat([put(1, 100), ask(1, 1)]));
    await receive(ada, [100], "100 was put at time 1");
    await server.stop();
  });
});
