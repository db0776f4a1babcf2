import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";
import { ConnectionResetError, TimeoutError } from "#berkeley/errors.ts";
import { create_connection, SHUT_WR, socketpair } from "#berkeley/socket.ts";
import { recvExactly, sendAll } from "#exercises/04-blocking/2-recv-exactly.ts";
import { someBytes } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";
import { Child } from "#support/child.ts";
import { checkCost } from "#support/cost.ts";
import { answerMs, bound } from "#support/deadline.ts";
import { toBytes } from "#support/hex.ts";
import { type Script, ScriptedSocket } from "#support/scripted-socket.ts";
import { missingTool, portOf } from "#support/tool.ts";

const receiving = "recvExactly()";
const sending = "sendAll()";
const dribbler = fileURLToPath(new URL("../peers/dribbler.py", import.meta.url));

/** How long a real call may wait, in seconds: so that an endless wait ends in an error. */
const guardSeconds = () => bound(answerMs) / 1000;

const stream = toBytes("eight...and more");
const eight = stream.subarray(0, 8);

/** The stream, cut at these offsets. */
function cut(...offsets: number[]): Uint8Array[] {
  const edges = [0, ...offsets, stream.length];
  return edges.slice(1).map((end, i) => stream.subarray(edges[i], end)).filter((it) => it.length);
}

function socketThat(name: string, script: Script): { calls: Calls; sock: ScriptedSocket } {
  const calls = new Calls();
  return { calls, sock: new ScriptedSocket(name, calls.story, script) };
}

/** Eight bytes, and then eight more. */
async function checkTwice(pieces: Uint8Array[]): Promise<void> {
  const { calls, sock } = socketThat(receiving, { pieces });
  for (const at of [0, 8]) {
    const call = () => {
      const got = recvExactly(sock, 8);
      sock.checkTook(at + 8);
      return got;
    };
    await calls.returns(receiving, call, stream.subarray(at, at + 8));
  }
}

const pieceBytes = 256;

/** Bytes that come in pieces. */
function inPieces(all: Uint8Array): { recv(bufsize: number): Uint8Array } {
  let at = 0;
  return {
    recv(bufsize) {
      const endOfPiece = at - at % pieceBytes + pieceBytes;
      const piece = all.slice(at, Math.min(at + bufsize, endOfPiece));
      at += piece.length;
      return piece;
    },
  };
}

/** A decoder that only collects, and makes something of the pieces when all have come. */
function atTheEnd(size: number, make: (pieces: Uint8Array[]) => Uint8Array) {
  return () => {
    const pieces: Uint8Array[] = [];
    let come = 0;
    return {
      push(piece: Uint8Array): Uint8Array[] {
        pieces.push(piece);
        come += piece.length;
        return come < size ? [] : [make(pieces)];
      },
    };
  };
}

describe("1 of 4, it receives all", () => {
  test("recvExactly() returns what comes at once", async () => {
    const { calls, sock } = socketThat(receiving, { pieces: [eight] });
    await calls.returns(receiving, () => recvExactly(sock, 8), eight);
  });

  test("recvExactly() returns what comes in two pieces, wherever they are cut", async () => {
    for (let at = 1; at < 8; at++) {
      const pieces = [eight.subarray(0, at), eight.subarray(at)];
      const { calls, sock } = socketThat(receiving, { pieces });
      await calls.returns(receiving, () => recvExactly(sock, 8), eight);
    }
  });

  test("recvExactly() takes no more than it was asked for", async () => {
    await checkTwice([stream]);
    for (let at = 1; at < stream.length; at++) await checkTwice(cut(at));
    for (let at = 1; at < 8; at++) await checkTwice(cut(at, at + 8));
  });

  test("recvExactly() returns what comes a byte at a time", async () => {
    await checkTwice(cut(...stream.keys()).slice());
  });

  test("recvExactly() returns no bytes when asked for none, whatever waits", async () => {
    for (const pieces of [[stream], []]) {
      const { calls, sock } = socketThat(receiving, { pieces });
      const name = "recvExactly(sock, 0)";
      await calls.returns(name, () => recvExactly(sock, 0), new Uint8Array());
      sock.checkTook(0);
    }
  });

  test("recvExactly() gives bytes that stay as they are", async () => {
    const { calls, sock } = socketThat(receiving, { pieces: cut(3, 8, 11) });
    const first = recvExactly(sock, 8);
    await calls.returns("the first recvExactly()", () => first, eight);
    await calls.returns("the second recvExactly()", () => recvExactly(sock, 8), stream.subarray(8));
    calls.unchanged("what the first recvExactly() gave", first, eight);
  });

  test("recvExactly() takes what is there without a call for each byte", async () => {
    const { calls, sock } = socketThat(receiving, { pieces: [someBytes(1000)] });
    const call = () => {
      const got = recvExactly(sock, 1000);
      sock.checkReceives(100);
      return got;
    };
    await calls.returns(receiving, call, someBytes(1000));
  });

  test("recvExactly() takes a mebibyte in thousands of pieces in its stride", () => {
    const mebibyte = someBytes(1 << 20);
    const usual = atTheEnd(mebibyte.length, (pieces) => Buffer.concat(pieces));
    const answer = atTheEnd(
      mebibyte.length,
      () => recvExactly(inPieces(mebibyte), mebibyte.length),
    );
    checkCost(receiving, answer, usual, mebibyte, { chunkBytes: pieceBytes });
  });
});

describe("2 of 4, it does not pass a part for the whole", () => {
  test("recvExactly() fails when the peer ends in the middle, with what had come", async () => {
    for (let at = 7; at >= 0; at--) {
      const partial = eight.subarray(0, at);
      const script = { pieces: at > 0 ? [partial] : [], ends: true };
      const { calls, sock } = socketThat(receiving, script);
      const why = `the peer ended after ${at} of 8 bytes`;
      let caught: unknown;
      const call = () => {
        try {
          return recvExactly(sock, 8);
        } catch (error) {
          caught = error;
          throw error;
        }
      };
      await calls.fails(receiving, call, why, [`${at} of 8`]);
      const wanted = { name: "EndOfStream", partial };
      await calls.gives("the error of recvExactly()", () => caught, wanted, why);
    }
  });

  test("recvExactly() returns what came whole before the end", async () => {
    const { calls, sock } = socketThat(receiving, { pieces: [eight], ends: true });
    await calls.returns(receiving, () => recvExactly(sock, 8), eight);
    await calls.returns("recvExactly(sock, 0)", () => recvExactly(sock, 0), new Uint8Array());
  });

  test.for<[string, Error]>([
    ["timed out", new TimeoutError("recv(): timed out after 1 s", { syscall: "recv" })],
    ["reset", new ConnectionResetError("recv(): reset by peer", { syscall: "recv" })],
  ])("recvExactly() hands the error of recv() on: %s", async ([word, error]) => {
    const { calls, sock } = socketThat(receiving, { pieces: [eight.subarray(0, 3), error] });
    const why = `recv() threw ${error.name}`;
    await calls.fails(receiving, () => recvExactly(sock, 8), why, [word]);
  });
});

describe("3 of 4, it sends all", () => {
  test.for<[string, number[]]>([
    ["all at once", []],
    ["a part, and then the rest", [3]],
    ["a byte at a time", Array(16).fill(1)],
    ["nothing now and then", [3, 1, 0, 5, 0, 0, 2]],
    ["nothing at first", [0, 16]],
  ])("sendAll() sends everything when send() takes %s", async ([, takes]) => {
    const { calls, sock } = socketThat(sending, { takes, sends: stream });
    // A part of a larger memory, as bytes often are that came from elsewhere.
    const given = Uint8Array.of(1, 2, 3, ...stream, 4, 5).subarray(3, 3 + stream.length);
    const call = () => {
      sendAll(sock, given);
      sock.checkSent();
    };
    await calls.gives(sending, call, undefined, "send() may take any part of what it is given");
    calls.unchanged("what sendAll() was given", given, stream);
  });

  test("sendAll() sends nothing when there is nothing to send", async () => {
    const { calls, sock } = socketThat(sending, {});
    await calls.gives("sendAll() of no bytes", () => sendAll(sock, new Uint8Array()), undefined);
    sock.checkSent();
  });

  test("sendAll() hands the error of send() on", async () => {
    const error = new TimeoutError("send(): timed out after 1 s", { syscall: "send" });
    const { calls, sock } = socketThat(sending, { takes: [3, error], sends: stream });
    const why = "send() threw TimeoutError";
    await calls.fails(sending, () => sendAll(sock, stream), why, ["timed out"]);
  });

  test("sendAll() does not copy the rest for each call", async () => {
    const much = someBytes(65536);
    const { calls, sock } = socketThat(sending, { takes: Array(63).fill(1024), sends: much });
    const call = () => {
      sendAll(sock, much);
      sock.checkSent();
      sock.checkNoCopies();
    };
    await calls.gives(sending, call, undefined);
  });
});

describe("4 of 4, real sockets", () => {
  test("recvExactly() reads from a socket what sendAll() has sent into another", async () => {
    const calls = new Calls();
    const [a, b] = socketpair();
    using here = a;
    using there = b;
    here.settimeout(guardSeconds());
    there.settimeout(guardSeconds());
    await calls.gives(sending, () => sendAll(there, stream), undefined);
    there.shutdown(SHUT_WR);
    await calls.returns(receiving, () => recvExactly(here, 8), eight);
    await calls.returns(receiving, () => recvExactly(here, 8), stream.subarray(8));
    const why = "the peer has ended";
    await calls.fails(receiving, () => recvExactly(here, 8), why, ["0 of 8"]);
  });

  test("recvExactly() reads from a peer that dribbles, sendAll() sends to it", async ({ skip }) => {
    const missing = missingTool("python3");
    if (missing) skip(missing);
    const calls = new Calls();
    await using python = new Child({ command: "python3", args: [dribbler, "0"] });
    using conn = create_connection(["127.0.0.1", await portOf(python)]);
    conn.settimeout(guardSeconds());
    const first = Uint8Array.from({ length: 64 }, (_, i) => i);
    await calls.returns(receiving, () => recvExactly(conn, 4), first.subarray(0, 4));
    await calls.returns(receiving, () => recvExactly(conn, 60), first.subarray(4));
    const much = someBytes(8 << 20);
    await calls.gives(sending, () => sendAll(conn, much), undefined);
    conn.shutdown(SHUT_WR);
    const digest = createHash("sha256").update(much).digest();
    await calls.returns(`${receiving} of the SHA-256`, () => recvExactly(conn, 32), digest);
  });
});
