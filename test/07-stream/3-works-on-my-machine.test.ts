import { describe, test } from "vitest";
import { receiveNoMore, receiveReplies } from "#support/replies.ts";
import { programExercise } from "#support/exercise.ts";
import { toBytes } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";

const { running } = programExercise(import.meta.url);

const refused = "--------";

/** An answer of 8 characters. */
const text = {
  bytes: 8,
  encode: toBytes,
  decode: (bytes: Uint8Array) => String.fromCharCode(...bytes),
};

const receive = (peer: Peer, wanted: string[], why: string) =>
  receiveReplies(peer, text, wanted, why);

/** Has a client say all of this in one write, and looks at its answers. */
async function checkAnswers(requests: string[], wanted: string[], why: string): Promise<void> {
  const server = await running();
  await using ada = await server.connect("Ada");
  await ada.coalesce(requests);
  await receive(ada, wanted, why);
}

describe("1 of 4, it works on my machine", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server answers each request before the next one is sent", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const [request, sum] of [["0012", 12], ["0030", 42], ["0000", 42]] as const) {
      await ada.send(`tea     ${request}`);
      await receive(ada, [`000000${sum}`], `by then ${sum} was taken for tea`);
    }
  });
});

describe("2 of 4, it works on others", () => {
  test("server answers requests that come in one chunk", async () => {
    const requests = ["coffee  0001", "coffee  0010", "coffee  0100"];
    const wanted = ["00000001", "00000011", "00000111"];
    await checkAnswers(requests, wanted, "all requests came in one chunk");
  });

  test("server goes on with a request after a silence in its middle", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("salt    00");
    await ada.drained();
    await ada.stayQuiet(150);
    await ada.send("90");
    await receive(ada, ["00000090"], "its request came in two pieces, with a silence between");
  });

  test("server answers a request that comes one byte at a time", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.dribble("biscuits0320");
    await receive(ada, ["00000320"], "each byte came by itself");
  });

  test("server keeps spaces that stand at the border of a chunk", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("oil  ");
    await ada.drained();
    await ada.send("   0007");
    await receive(ada, ["00000007"], "its request was cut among the spaces behind a name");
  });

  test("server answers requests wherever the chunks begin and end", async () => {
    for (const size of [5, 7, 10, 18]) {
      const server = await running();
      await using ada = await server.connect("Ada");
      const name = `cut ${size}`.padEnd(8);
      await ada.dribble(`${name}0001${name}0002${name}0004`, size);
      const wanted = ["00000001", "00000003", "00000007"];
      await receive(ada, wanted, `requests of 12 bytes came in chunks of ${size}`);
    }
  });

  test("server answers thousands of requests in one go, as long as the sum has 8 digits", async () => {
    const requests = Array.from({ length: 10_002 }, () => "gold    9999").concat("gold    0000");
    const sums = Array.from({ length: 10_001 }, (_, i) => String(9999 * (i + 1)).padStart(8, "0"));
    const wanted = [...sums, refused, sums.at(-1)!];
    await checkAnswers(requests, wanted, "10,002 times 9999 has 9 digits, and changes nothing");
  });
});

describe("3 of 4, it serves several clients", () => {
  test("server adds up what all clients send", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send("milk    0100");
    await receive(ada, ["00000100"], "100 was taken for milk");
    await bob.send("milk    0023");
    await receive(bob, ["00000123"], "Ada had sent 100 for milk, and Bob 23");
  });

  test("server keeps the pieces of two clients apart", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    const requests = [[ada, "apples  0001"], [bob, "pears   0002"]] as const;
    for (const [from, to] of [[0, 3], [3, 9], [9, 12]] as const) {
      for (const [peer, request] of requests) {
        await peer.send(request.slice(from, to));
        await peer.drained();
      }
    }
    for (const [peer, request] of requests) {
      const why = "each client sent its request in pieces, in turn";
      await receive(peer, [`0000${request.slice(8)}`], why);
    }
  });

  test("server answers rubbish, and goes on with the request behind it", async () => {
    const requests = ["figs    0001", "figs    four", "            ", "figs    0002"];
    const wanted = ["00000001", refused, refused, "00000003"];
    await checkAnswers(requests, wanted, "the second and the third have no amount");
  });

  test("server takes four digits for an amount, and nothing else", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    for (const amount of ["12ab", "-005", "+005", "1.5 ", " 12 ", "0x1f", "1e02", "    "]) {
      const name = `corn${amount}`;
      await ada.coalesce([`${name}0001`, `${name}${amount}`, `${name}0000`]);
      await receive(ada, ["00000001", refused, "00000001"], `"${amount}" is not four digits`);
    }
  });

  test("server works for one client while another sends rubbish and resets", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await using bob = await server.connect("Bob");
    await ada.send("dates   00");
    await ada.drained();
    await bob.reset("what is this?");
    await ada.send("07");
    await receive(ada, ["00000007"], "the rubbish was Bob's");
  });
});

describe("4 of 4, it ends well", () => {
  test("server answers everything and ends when the client has half-closed", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose("plums   0001plums   0001");
    await receive(ada, ["00000001", "00000002"], "Ada asked twice, and half-closed");
    await receiveNoMore(ada, "Ada had ended behind a whole request");
  });

  test("server refuses a request that the client's end cuts off", async () => {
    for (const cutOff of ["grapes  00", "g"]) {
      const server = await running();
      await using ada = await server.connect("Ada");
      await ada.halfClose(`nothing 0000${cutOff}`);
      const why = `of the second request Ada sent "${cutOff}", and then FIN`;
      await receive(ada, ["00000000", refused], why);
      await receiveNoMore(ada, why);
    }
  });

  test("server ends when the client ends without a word", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.halfClose();
    await ada.receiveEnd();
  });

  test("server stops on SIGTERM, with a client connected", async () => {
    const server = await running();
    await using ada = await server.connect("Ada");
    await ada.send("soap    0001");
    await receive(ada, ["00000001"], "1 was taken for soap");
    await server.stop();
  });
});
