import net from "node:net";
import { describe, test } from "vitest";
import { SocketReader } from "#exercises/06-events/1-socket-reader.ts";
import { everyByte, moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";
import { toBytes } from "#support/hex.ts";
import { countListeners } from "#support/listeners.ts";
import type { Peer } from "#support/peer.ts";

const read = "read()";
const readExactly = "readExactly()";
const readUntil = "readUntil()";
const crlf = toBytes("\r\n");
const newline = toBytes("\n");
const line = { limitBytes: 1000 };
const mebibyte = 1 << 20;

/** A reader of one end of a connection, and Ada at the other. */
interface Opened extends AsyncDisposable {
  calls: Calls;
  ada: Peer;
  socket: net.Socket;
  reader: SocketReader;
}

async function open(): Promise<Opened> {
  const calls = new Calls();
  await using scope = new AsyncDisposableStack();
  const { promise, resolve } = Promise.withResolvers<Peer>();
  const play = (peer: Peer) => Promise.resolve(resolve(peer));
  const { port } = scope.use(await calls.serve(play, { name: "Ada" }));
  const socket = net.connect({ port, host: "127.0.0.1", allowHalfOpen: true });
  scope.defer(() => void socket.destroy());
  const ada = await promise;
  const reader = await calls.gives("new SocketReader()", () => new SocketReader(socket), {});
  const kept = scope.move();
  return { calls, ada, socket, reader, [Symbol.asyncDispose]: () => kept.disposeAsync() };
}

/** Begins a call, whose outcome is looked at later. */
function begin<T>(call: () => Promise<T>): () => Promise<T> {
  const promise = (async () => await call())();
  promise.catch(() => {});
  return () => promise;
}

/** Calls read() until so many bytes have come: it may give any part of what is there. */
async function readUpTo(reader: SocketReader, count: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  for (let length = 0; length < count;) {
    const piece = await reader.read();
    if (!(piece instanceof Uint8Array)) return length > 0 ? Buffer.concat(pieces) : piece;
    if (piece.length === 0) break;
    pieces.push(piece);
    length += piece.length;
  }
  return Buffer.concat(pieces);
}

describe("1 of 5, it reads", () => {
  test("read() gives what is there, and waits for what is not", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const first = begin(() => readUpTo(reader, 3));
    void ada.send("one");
    await calls.returns(read, first, toBytes("one"));
    void ada.send("two");
    await calls.returns("the second read()", () => readUpTo(reader, 3), toBytes("two"));
  });

  test("readExactly() waits for all of its bytes", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readExactly(256));
    void ada.dribble(everyByte, 64);
    await calls.returns(readExactly, call, everyByte);
  });

  test("readExactly() leaves to the next call what is not its own", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    void ada.coalesce(["one,", "three,", "and the rest"]);
    await calls.returns(readExactly, () => reader.readExactly(4), toBytes("one,"));
    await calls.returns(readExactly, () => reader.readExactly(6), toBytes("three,"));
    await calls.returns(read, () => readUpTo(reader, 12), toBytes("and the rest"));
  });

  test("readExactly() gives no bytes when it is asked for none", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    await calls.returns("readExactly() of 0", () => reader.readExactly(0), toBytes(""));
    void ada.send("one");
    await calls.returns(readExactly, () => reader.readExactly(3), toBytes("one"));
    await calls.returns("readExactly() of 0", () => reader.readExactly(0), toBytes(""));
  });

  test("readExactly() gives more than it would take unasked", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const much = someBytes(2 * mebibyte);
    void ada.send(much);
    await calls.returns("readExactly() of 2 MiB", () => reader.readExactly(much.length), much);
  });

  test("readExactly() gives bytes that stay as they are", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const first = begin(() => reader.readExactly(9));
    void ada.send("the first");
    await calls.returns(readExactly, first, toBytes("the first"));
    void ada.send("something else");
    await calls.returns(readExactly, () => reader.readExactly(14), toBytes("something else"));
    calls.unchanged("what readExactly() gave", (await first())!, toBytes("the first"));
  });
});

describe("2 of 5, it finds delimiters", () => {
  test("readUntil() gives what stands before the delimiter", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const next = () => reader.readUntil(newline, line);
    void ada.coalesce(["one\n", "\n", "two\nthr"]);
    await calls.returns(readUntil, next, toBytes("one"));
    await calls.returns("readUntil() of an empty line", next, toBytes(""));
    await calls.returns(readUntil, next, toBytes("two"));
    void ada.send("ee\nrest");
    await calls.returns(readUntil, next, toBytes("three"));
    await calls.returns(readExactly, () => reader.readExactly(4), toBytes("rest"));
  });

  test("readUntil() finds a delimiter that comes in pieces", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readUntil(crlf, line));
    void ada.dribble("one\rtwo\n\r\r\n");
    await calls.returns(readUntil, call, toBytes("one\rtwo\n\r"));
  });

  test("readUntil() gives as many bytes as the limit allows", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readUntil(crlf, { limitBytes: 5 }));
    void ada.dribble("12345\r\n");
    await calls.returns("readUntil() of 5 bytes with the limit 5", call, toBytes("12345"));
  });

  test("readUntil() fails when the delimiter comes behind the limit", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    void ada.send("123456\r\n");
    const call = () => reader.readUntil(crlf, { limitBytes: 5 });
    const why = "6 bytes came before the delimiter, with the limit 5";
    await calls.fails(readUntil, call, why, ["5"]);
    await calls.returns("readExactly() after that", () => reader.readExactly(6), toBytes("123456"));
  });

  test("readUntil() fails when the limit is passed and no delimiter has come", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readUntil(newline, { limitBytes: 5000 }));
    void ada.send(new Uint8Array(5001).fill(97));
    const why = "5001 bytes came without a delimiter, with the limit 5000";
    await calls.fails("readUntil() of a line without an end", call, why, ["5000"]);
  });
});

describe("3 of 5, it tells one end from another", () => {
  test("read() gives null when the peer has ended, and goes on to do so", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    void ada.halfClose("the last words");
    await calls.returns(readExactly, () => reader.readExactly(14), toBytes("the last words"));
    await calls.gives(read, () => reader.read(), null, "Ada has ended");
    await calls.gives("the second read()", () => reader.read(), null, "Ada has ended");
    const none = () => reader.readExactly(0);
    await calls.returns("readExactly() of 0 at the end", none, toBytes(""));
  });

  test("readExactly() gives null when the peer ends between two messages", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readExactly(4));
    void ada.halfClose();
    await calls.gives(readExactly, call, null, "Ada has ended, and owed nothing");
    await calls.gives(readUntil, () => reader.readUntil(crlf, line), null, "Ada has ended");
  });

  test("readExactly() fails when the peer ends in the middle of a message", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readExactly(30));
    void ada.halfClose("half a message");
    await calls.fails(readExactly, call, "14 of 30 bytes came, and then FIN", [
      "ended",
      "14",
      "30",
    ]);
    const next = () => readUpTo(reader, 14);
    await calls.returns("read() after that", next, toBytes("half a message"));
    await calls.gives(read, () => reader.read(), null, "Ada has ended");
  });

  test("readUntil() fails when the peer ends before the delimiter", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readUntil(crlf, line));
    void ada.halfClose("half a line\r");
    await calls.fails(readUntil, call, "Ada ended without a delimiter", ["ended"]);
    const next = () => readUpTo(reader, 12);
    await calls.returns("read() after that", next, toBytes("half a line\r"));
  });
});

describe("4 of 5, it fails when it must", () => {
  test("readExactly() fails when the peer resets", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const call = begin(() => reader.readExactly(30));
    void ada.reset("half a message");
    await calls.fails(readExactly, call, "Ada reset the connection", ["ECONNRESET"]);
    const next = () => reader.readExactly(30);
    const why = "the connection was reset earlier";
    await calls.fails("the next readExactly()", next, why, ["ECONNRESET"]);
  });

  test("read() gives after a reset what had come before it", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    void ada.coalesce(["one,", "and the rest"]);
    await calls.returns(readExactly, () => reader.readExactly(4), toBytes("one,"));
    const call = begin(() => reader.readExactly(30));
    void ada.reset();
    await calls.fails(readExactly, call, "Ada reset the connection", ["ECONNRESET"]);
    const rest = () => readUpTo(reader, 12);
    await calls.returns("read() of what had come", rest, toBytes("and the rest"));
    const why = "the connection was reset, and all was given out";
    await calls.fails("the next read()", () => reader.read(), why, ["ECONNRESET"]);
  });

  test("read() fails when the peer has reset while nobody asked", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    await ada.reset();
    const call = () => reader.read();
    await calls.fails(read, call, "Ada had reset the connection", ["ECONNRESET"]);
  });

  test("read() fails when the socket is destroyed", async () => {
    await using it = await open();
    const { calls, socket, reader } = it;
    const call = begin(() => reader.read());
    calls.story.tell("the socket was destroyed");
    socket.destroy();
    await calls.fails("read() of a destroyed socket", call, "its socket was destroyed");
    const next = () => reader.read();
    await calls.fails("the next read() of a destroyed socket", next, "its socket was destroyed");
  });

  test("read() fails when another call waits", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const first = begin(() => reader.readExactly(6));
    await calls.fails("a second call", () => reader.read(), "the first one still waited");
    void ada.send("for it");
    await calls.returns("the first call", first, toBytes("for it"));
  });

  test("read() fails when another call waits, and takes nothing from it", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const first = begin(() => reader.readExactly(6));
    await ada.send("for");
    await ada.drained();
    const why = "the first one still waited for the other half";
    await calls.fails("read() meanwhile", () => reader.read(), why);
    void ada.send(" it");
    await calls.returns("the first call", first, toBytes("for it"));
  });
});

describe("5 of 5, it can be called off, and takes what is asked for", () => {
  test("readExactly() loses nothing when it is called off", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const controller = new AbortController();
    const { signal } = controller;
    const call = begin(() => reader.readExactly(30, { signal }));
    await ada.send("a message, in halves");
    await ada.drained();
    calls.story.tell("its signal aborted");
    controller.abort(new Error("Ada is too slow"));
    await calls.fails(readExactly, call, "its signal aborted", ["Ada is too slow"]);
    const next = begin(() => reader.readExactly(30));
    void ada.send(" or thirds");
    const wanted = toBytes("a message, in halves or thirds");
    await calls.returns("the next readExactly()", next, wanted);
  });

  test("read() fails when its signal has aborted before", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const signal = AbortSignal.abort(new Error("Too late"));
    const call = () => reader.read({ signal });
    await calls.fails("read() with an aborted signal", call, "its signal had aborted", [
      "Too late",
    ]);
    void ada.send("one");
    await calls.returns("read() without a signal", () => readUpTo(reader, 3), toBytes("one"));
  });

  test("read() fails when its signal has aborted before, also when bytes are there", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    void ada.coalesce(["one,", "two"]);
    await calls.returns(readExactly, () => reader.readExactly(4), toBytes("one,"));
    const signal = AbortSignal.abort(new Error("Too late"));
    const call = () => reader.read({ signal });
    await calls.fails("read() of bytes that are there", call, "its signal had aborted", [
      "Too late",
    ]);
    await calls.returns("read() without a signal", () => readUpTo(reader, 3), toBytes("two"));
  });

  test("readUntil() goes on when the signal of an earlier call aborts", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const controller = new AbortController();
    const { signal } = controller;
    const first = begin(() => reader.readUntil(newline, { ...line, signal }));
    void ada.send("one\n");
    await calls.returns("readUntil() with a signal", first, toBytes("one"));
    const second = begin(() => reader.readUntil(newline, line));
    calls.story.tell("the signal of the first call aborted");
    controller.abort(new Error("That was the signal of another call"));
    void ada.send("two\n");
    await calls.returns("readUntil() after it, without one,", second, toBytes("two"));
  });

  test("readExactly() serves many calls with one signal", async () => {
    await using it = await open();
    const { calls, ada, reader, socket } = it;
    const { signal } = new AbortController();
    for (const word of ["one", "two", "three"]) {
      const call = begin(() => reader.readExactly(word.length, { signal }));
      void ada.send(word);
      await calls.returns(readExactly, call, toBytes(word));
    }
    socket.write("thank you");
    await ada.receive("thank you");
  });

  test("readExactly() leaves no listener on its signal", async () => {
    await using it = await open();
    const { calls, ada, reader } = it;
    const { signal } = new AbortController();
    const left = countListeners(signal);
    for (const word of ["one", "two", "three"]) {
      const call = begin(() => reader.readExactly(word.length, { signal }));
      void ada.send(word);
      await calls.returns(readExactly, call, toBytes(word));
    }
    const name = "the count of the listeners on the signal";
    await calls.comesToGive(name, left, 0, "the calls that it was given to are over");
  });

  test("reader leaves in the kernel what nobody asks for", async () => {
    await using it = await open();
    const { calls, ada, socket, reader } = it;
    const much = someBytes(moreThanTheKernelHolds);
    const first = begin(() => reader.readExactly(5));
    void ada.send("first");
    await calls.returns(readExactly, first, toBytes("first"));
    void ada.send(much);
    await ada.settled();
    calls.tookAtMost("SocketReader", socket, mebibyte, "nobody asked it for any");
    const some = much.subarray(0, 2 * mebibyte);
    await calls.returns("readExactly() of 2 MiB", () => reader.readExactly(some.length), some);
  });
});
