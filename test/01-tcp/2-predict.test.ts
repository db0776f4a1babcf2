import dgram from "node:dgram";
import { once } from "node:events";
import net from "node:net";
import { text } from "node:stream/consumers";
import { describe, test } from "vitest";
import {
  answerOfAClosedPort,
  errorForADatagramToNobody,
  oneEventForAMillionBytes,
  receivedAfterTheOwnEnd,
  sizesOfAnEmptyDatagram,
  sizesOfAnEmptyWrite,
  sizesOfTwoDatagrams,
  sizesOfTwoWrites,
  sizesOfWritesWithAnAnswerBetween,
  writtenAlthoughNobodyReads,
} from "#exercises/01-tcp/2-predict.ts";
import { Calls } from "#support/calls.ts";
import { storedSegments } from "#support/captures.ts";
import { bound, late, seconds, within } from "#support/deadline.ts";
import { freePort } from "#support/ports.ts";

/** How long an experiment may take on an idle machine, in ms. */
const experimentMs = 3000;

/** Makes an experiment, and gives what happened. */
async function happens<T>(experiment: () => Promise<T>): Promise<T> {
  const ms = bound(experimentMs);
  const outcome = await within(ms, experiment());
  if (outcome === late) throw new Error(`The experiment was not over after ${seconds(ms)}`);
  return outcome;
}

/** A server for one client, and the client. */
async function onePair(
  serve: (socket: net.Socket) => void,
  play: (client: net.Socket) => void,
  options: net.ServerOpts = {},
): Promise<net.Socket> {
  const server = net.createServer({ allowHalfOpen: true, ...options }, (socket) => {
    socket.on("error", () => {});
    serve(socket);
    server.close();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = net.connect((server.address() as net.AddressInfo).port, "127.0.0.1");
  client.on("error", () => {});
  play(client);
  return client;
}

/** What a server gets of a client, event by event, up to the client's end. */
async function sizesOverTcp(
  play: (client: net.Socket) => void,
  answer = "",
): Promise<number[]> {
  const sizes: number[] = [];
  const ended = Promise.withResolvers<void>();
  const client = await onePair((socket) => {
    socket.on("data", (data) => {
      sizes.push(data.length);
      if (answer) socket.write(answer);
    });
    socket.on("end", () => {
      socket.end();
      ended.resolve();
    });
  }, play);
  client.resume();
  await ended.promise;
  return sizes;
}

/** What a server gets of datagrams, message by message, up to the first that says so. */
async function sizesOverUdp(datagrams: string[]): Promise<number[]> {
  const theEnd = "that was the last datagram";
  const sizes: number[] = [];
  const ended = Promise.withResolvers<void>();
  const server = dgram.createSocket("udp4", (data) => {
    if (String(data) === theEnd) ended.resolve();
    else sizes.push(data.length);
  });
  server.bind(0, "127.0.0.1");
  await once(server, "listening");
  const client = dgram.createSocket("udp4");
  const { port } = server.address();
  for (const datagram of [...datagrams, theEnd]) {
    // Deno hands over in any order what is not waited for.
    await new Promise((resolve) => client.send(datagram, port, "127.0.0.1", resolve));
  }
  await ended.promise;
  client.close();
  server.close();
  return sizes;
}

describe("1 of 3, it knows what a stream keeps", () => {
  test("sizesOfTwoWrites() says what arrives", async () => {
    const sizes = await happens(() =>
      sizesOverTcp((client) => {
        client.write("Hello");
        client.write("World");
        client.end();
      })
    );
    const rule = "TCP carries bytes, and a read gives those that have come by then";
    await new Calls().predicts("sizesOfTwoWrites()", () => sizesOfTwoWrites(), sizes, rule);
  });

  test("sizesOfWritesWithAnAnswerBetween() says what arrives", async () => {
    const sizes = await happens(() =>
      sizesOverTcp((client) => {
        client.write("Hello");
        client.once("data", () => client.end("World"));
      }, "!")
    );
    const rule = "a read gives what has come by then, and the second was not even written";
    await new Calls().predicts(
      "sizesOfWritesWithAnAnswerBetween()",
      () => sizesOfWritesWithAnAnswerBetween(),
      sizes,
      rule,
    );
  });

  test("sizesOfAnEmptyWrite() says what arrives", async () => {
    const sizes = await happens(() =>
      sizesOverTcp((client) => {
        client.write("");
        client.end();
      })
    );
    const rule = "TCP carries bytes, and nothing else";
    await new Calls().predicts("sizesOfAnEmptyWrite()", () => sizesOfAnEmptyWrite(), sizes, rule);
  });

  test("oneEventForAMillionBytes() says what arrives", async () => {
    const sizes = await happens(() =>
      sizesOverTcp((client) => {
        client.write(new Uint8Array(1_000_000));
        client.end();
      })
    );
    await new Calls().predicts(
      "oneEventForAMillionBytes()",
      () => oneEventForAMillionBytes(),
      sizes.length === 1,
      `the sizes were ${sizes.slice(0, 3).join(", ")} and so on: a read takes what fits its buffer`,
    );
  });
});

describe("2 of 3, it knows what a datagram keeps", () => {
  test("sizesOfTwoDatagrams() says what arrives", async () => {
    const sizes = await happens(() => sizesOverUdp(["Hello", "World"]));
    const rule = "UDP carries datagrams, each by itself";
    await new Calls().predicts("sizesOfTwoDatagrams()", () => sizesOfTwoDatagrams(), sizes, rule);
  });

  test("sizesOfAnEmptyDatagram() says what arrives", async () => {
    const sizes = await happens(() => sizesOverUdp([""]));
    const rule = "UDP carries datagrams, of any size";
    await new Calls().predicts(
      "sizesOfAnEmptyDatagram()",
      () => sizesOfAnEmptyDatagram(),
      sizes,
      rule,
    );
  });

  test("errorForADatagramToNobody() says what the sender hears", async () => {
    const port = await freePort();
    const failed = await happens(async () => {
      const client = dgram.createSocket("udp4");
      const sent = Promise.withResolvers<Error | null>();
      client.send("Hello", port, "127.0.0.1", (error) => sent.resolve(error));
      const error = await sent.promise;
      client.close();
      return Boolean(error);
    });
    const rule = "UDP sends, and asks nobody whether it arrives";
    await new Calls().predicts(
      "errorForADatagramToNobody()",
      () => errorForADatagramToNobody(),
      failed,
      rule,
    );
  });
});

describe("3 of 3, it knows what the other end says", () => {
  test("receivedAfterTheOwnEnd() says what arrives", async () => {
    const received = await happens(async () => {
      const client = await onePair((socket) => {
        socket.resume();
        socket.on("end", () => socket.end("answer"));
      }, (client) => client.end("question"));
      return await text(client);
    });
    const rule = "a FIN ends the direction of the side that sends it";
    await new Calls().predicts(
      "receivedAfterTheOwnEnd()",
      () => receivedAfterTheOwnEnd(),
      received,
      rule,
    );
  });

  test("writtenAlthoughNobodyReads() says what the writer hears", async () => {
    const written = await happens(async () => {
      const accepted = Promise.withResolvers<net.Socket>();
      const done = Promise.withResolvers<boolean>();
      const client = await onePair(
        (socket) => accepted.resolve(socket),
        (client) => client.write(new Uint8Array(1000), (error) => done.resolve(!error)),
        { pauseOnConnect: true },
      );
      const result = await done.promise;
      (await accepted.promise).destroy();
      client.destroy();
      return result;
    });
    const rule = "write() hands bytes to the kernel of its own machine";
    await new Calls().predicts(
      "writtenAlthoughNobodyReads()",
      () => writtenAlthoughNobodyReads(),
      written,
      rule,
    );
  });

  test("answerOfAClosedPort() says what the caller hears", async () => {
    const calls = new Calls();
    const port = await freePort();
    const code = await happens(async () => {
      const [error] = await once(net.connect(port, "127.0.0.1"), "error");
      return (error as NodeJS.ErrnoException).code;
    });
    calls.story.tell(`connect() to a port where nobody listens failed with ${code}`);
    // What the code stands for is on a wire to be seen: in refused.pcapng.
    const answer = storedSegments().filter((it) => it.capture === "refused")[1];
    const bits = Number(answer?.fields["tcp.flags"] ?? 0);
    const heard = Object.entries({ RST: 4, SYN: 2, FIN: 1 }).find(([, bit]) => (bits & bit) !== 0);
    await calls.predicts(
      "answerOfAClosedPort()",
      () => answerOfAClosedPort(),
      heard?.[0] ?? "nothing",
      `connect() failed with ${code}: the machine that was called said so, and no firewall`,
    );
  });
});
