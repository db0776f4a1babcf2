import { describe, test } from "vitest";
import { requestReply } from "#exercises/02-echo/2-read-reply.ts";
import { takeClock } from "#support/clock.ts";
import { everyByte, moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { toBytes } from "#support/hex.ts";
import { Calls } from "#support/calls.ts";
import type { Peer } from "#support/peer.ts";
import { freePort } from "#support/ports.ts";

const name = "requestReply()";
const request = toBytes("GET everything");

async function echo(server: Peer): Promise<void> {
  await server.halfClose(await server.receiveAll());
}

describe("1 of 3, it reads the reply", () => {
  test("requestReply() returns a short reply", async () => {
    const calls = new Calls();
    await using server = await calls.serve(async (server) => {
      await server.receive(request);
      await server.receiveEnd();
      await server.halfClose("a short reply");
    });
    const wanted = toBytes("a short reply");
    await calls.returns(name, () => requestReply(server.port, request), wanted);
    await calls.leavesNothingOpen(name, "returned");
  });

  test("requestReply() returns a reply that comes in pieces", async () => {
    const calls = new Calls();
    using clock = takeClock(calls.story);
    await using server = await calls.serve(async (server) => {
      await server.receive(request);
      await server.receiveEnd();
      await server.send("a reply ");
      await server.drained();
      await server.send("in three ");
      await server.drained();
      await server.stayQuiet(150);
      clock.pass(60_000);
      await server.halfClose("pieces");
    });
    const wanted = toBytes("a reply in three pieces");
    await calls.returns(name, () => requestReply(server.port, request), wanted);
  });

  test("requestReply() returns bytes, not text", async () => {
    const calls = new Calls();
    await using server = await calls.serve(async (server) => {
      await server.receiveAll();
      await server.halfClose(everyByte);
    });
    await calls.returns(name, () => requestReply(server.port, request), everyByte);
  });

  test("requestReply() returns a megabyte", async () => {
    const calls = new Calls();
    const megabyte = someBytes(1 << 20);
    await using server = await calls.serve(async (server) => {
      await server.receiveAll();
      await server.halfClose(megabyte);
    });
    await calls.returns(name, () => requestReply(server.port, request), megabyte);
  });

  test("requestReply() returns nothing when the server ends without a word", async () => {
    const calls = new Calls();
    await using server = await calls.serve(async (server) => {
      await server.receiveAll();
      await server.halfClose();
    });
    await calls.returns(name, () => requestReply(server.port, request), new Uint8Array());
  });
});

describe("2 of 3, it sends the request", () => {
  test("requestReply() sends all of a large request", async () => {
    const calls = new Calls();
    const large = someBytes(moreThanTheKernelHolds);
    await using server = await calls.serve(async (server) => {
      await server.receive(large);
      await server.receiveEnd();
      await server.halfClose("thank you");
    });
    await calls.returns(name, () => requestReply(server.port, large), toBytes("thank you"));
  });

  test("requestReply() gives bytes that stay as they are", async () => {
    const calls = new Calls();
    await using server = await calls.serve(echo);
    const [one, two] = [toBytes("the first"), toBytes("the second")];
    const first = requestReply(server.port, one);
    await calls.returns("the first requestReply()", () => first, one);
    await calls.returns("the second requestReply()", () => requestReply(server.port, two), two);
    calls.unchanged("the first reply", await first, one);
  });

  test("requestReply() keeps two calls at once apart", async () => {
    const calls = new Calls();
    await using server = await calls.serve(echo);
    const [one, two] = [someBytes(100_000), someBytes(200_000)];
    const first = requestReply(server.port, one);
    const second = requestReply(server.port, two);
    await calls.returns("the first requestReply()", () => first, one);
    await calls.returns("the second requestReply()", () => second, two);
  });
});

describe("3 of 3, it fails when it must", () => {
  test("requestReply() fails when nothing listens", async () => {
    const calls = new Calls();
    const port = await freePort();
    await calls.fails(name, () => requestReply(port, request), "nothing listens there");
  });

  test("requestReply() fails when the server resets before it has sent a byte", async () => {
    const calls = new Calls();
    await using server = await calls.serve(async (server) => {
      await server.receiveAll();
      await server.reset();
    });
    const why = "the server reset the connection";
    await calls.fails(name, () => requestReply(server.port, request), why);
  });

  test("requestReply() fails when the server resets in the middle of the reply", async () => {
    const calls = new Calls();
    await using server = await calls.serve(async (server) => {
      await server.receiveAll();
      await server.reset("half of the re");
    });
    const why = "the server reset the connection in the middle of its reply";
    await calls.fails(name, () => requestReply(server.port, request), why);
    await calls.leavesNothingOpen(name, "failed");
  });
});
