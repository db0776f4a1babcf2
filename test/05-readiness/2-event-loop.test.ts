import { describe, test } from "vitest";
import { type Socket, socketpair } from "#berkeley/socket.ts";
import { EventLoop } from "#exercises/05-readiness/2-event-loop.ts";
import { someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import type { Peer } from "#support/peer.ts";
import type { Server } from "#support/server.ts";
import { Turns } from "#support/turns.ts";

const { running } = programExercise(import.meta.url);

/** Two ends that are connected, until the end of the scope. */
function pair(): { near: Socket; far: Socket } & Disposable {
  const [near, far] = socketpair();
  near.setblocking(false);
  far.setblocking(false);
  const close = () => [near, far].forEach((sock) => sock.close());
  return { near, far, [Symbol.dispose]: close };
}

/** As {@link pair}, with something to read at the near end. */
function readablePair(text = "x"): ReturnType<typeof pair> {
  const ends = pair();
  ends.far.send(new TextEncoder().encode(text));
  return ends;
}

/** Sends until there is no room. */
function fill(sock: Socket): void {
  try {
    for (;;) sock.send(new Uint8Array(65536));
  } catch {
    // EAGAIN
  }
}

function empty(sock: Socket): void {
  try {
    while (sock.recv(65536).length > 0);
  } catch {
    // EAGAIN
  }
}

function setUp(): { loop: EventLoop; turns: Turns } {
  const loop = new EventLoop();
  return { loop, turns: new Turns(loop) };
}

/** A loop with timers, all of them set in less time than lies between any two. */
function timers(times: number[]): { turns: Turns; wanted: string[] } {
  const name = (ms: number) => `the timer of ${ms} ms`;
  for (;;) {
    const { loop, turns } = setUp();
    const begun = performance.now();
    for (const ms of times) loop.setTimer(ms, turns.turn(name(ms)));
    if (performance.now() - begun > 0.5) continue;
    return { turns, wanted: times.toSorted((a, b) => a - b).map(name) };
  }
}

describe("1 of 5, it keeps time", () => {
  test("run() calls a timer when it is due", () => {
    for (const ms of [0.6, 0, 30]) setUp().turns.keepsTime(ms);
  });

  test("run() calls a timer once", () => {
    const { loop, turns } = setUp();
    loop.setTimer(1, turns.turn("A"));
    turns.run(["A"], "a timer is called once");
    turns.run([], "a timer is called once, and it was called in the run before");
  });

  test("run() wakes up for the timer that is due first, whichever was set first", () => {
    const { loop, turns } = setUp();
    loop.setTimer(1000, turns.turn("the timer of 1 s"));
    turns.keepsTime(10, " beside one of 1 s");
  });

  test("run() calls timers in their order when all are due already", () => {
    const { turns, wanted } = timers([3, 1, 2]);
    const begun = performance.now();
    while (performance.now() - begun < 5);
    turns.run(wanted, "so they were due, when run() came");
  });

  test("run() calls timers in the order in which they are due", () => {
    const { turns, wanted } = timers([30, 10, 20]);
    turns.run(wanted, "so they are due");
  });

  test("run() calls timers that are due at one time as they were set", () => {
    const { loop, turns } = setUp();
    const names = ["A", "B", "C", "D", "E"];
    for (const name of names) loop.setTimer(0, turns.turn(name));
    turns.run(names, "all were set to 0 ms at once, in this order");
  });

  test("run() leaves out a timer that another has cancelled", () => {
    const { loop, turns } = setUp();
    loop.setTimer(0, turns.turn("A", () => cancelB()));
    const cancelB = loop.setTimer(0, turns.turn("B"));
    const cancelC = loop.setTimer(5, turns.turn("C"));
    loop.setTimer(0, turns.turn("D"));
    cancelC();
    cancelC();
    turns.run(["A", "D"], "A had cancelled B, and C was cancelled before");
  });

  test("run() calls a timer although one that was called before is cancelled", () => {
    const { loop, turns } = setUp();
    const cancelA = loop.setTimer(0, turns.turn("A"));
    turns.returns(["A"], "A was all there was to wait for");
    loop.setTimer(0, turns.turn("B"));
    cancelA();
    turns.returns(["B"], "A was cancelled when it had been called, which is nothing to B");
  });

  test("run() calls timers that a timer has set", () => {
    const { loop, turns } = setUp();
    loop.setTimer(0, turns.turn("A", () => loop.setTimer(0, turns.turn("B"))));
    turns.run(["A", "B"], "A had set B");
  });

  test("run() sleeps until the next timer", () => {
    const { loop, turns } = setUp();
    loop.setTimer(10_000, turns.turn("the timer of 10 s"));
    turns.sleeps("no timer was due");
  });

  test("run() returns when no timer is left", () => {
    const { loop, turns } = setUp();
    turns.returns([], "there was nothing to wait for");
    loop.setTimer(1, turns.turn("A"));
    turns.returns(["A"], "A was all there was to wait for");
  });
});

describe("2 of 5, it reads", () => {
  test("run() calls back as long as there is something to read", () => {
    const { loop, turns } = setUp();
    using ends = readablePair("abc");
    loop.onReadable(ends.near, turns.turn("the reader", () => void ends.near.recv(1)));
    turns.run(Array(3).fill("the reader"), "there were three bytes, and it read one at a time");
  });

  test("onReadable() takes an object with a fileno(), and the number of a descriptor", () => {
    using ends = readablePair("ab");
    const fd = ends.near.fileno();
    for (const sock of [{ fileno: () => fd }, fd]) {
      const { loop, turns } = setUp();
      const what = typeof sock === "number" ? "a number" : "an object with a fileno()";
      const read = () => {
        ends.near.recv(1);
        loop.offReadable(sock);
      };
      turns.takes(`onReadable() of ${what}`, () => loop.onReadable(sock, turns.turn(what, read)));
      turns.returns([what], "it had a byte to read, and was taken off then");
    }
  });

  test("run() calls nobody after offReadable()", () => {
    const { loop, turns } = setUp();
    using ends = readablePair();
    loop.onReadable(ends.near, turns.turn("the reader", () => loop.offReadable(ends.near)));
    turns.run(["the reader"], "it had taken itself off");
    loop.offReadable(ends.near);
    turns.returns([], "nothing was left to wait for");
  });

  test("run() calls the callback that came last", () => {
    const { loop, turns } = setUp();
    using ends = readablePair();
    loop.onReadable(ends.near, turns.turn("the former reader", () => loop.offReadable(ends.near)));
    loop.onReadable(ends.near, turns.turn("the new reader", () => loop.offReadable(ends.near)));
    turns.run(["the new reader"], "it had taken the former one's place");
  });

  test("run() sleeps while there is nothing to read", () => {
    const { loop, turns } = setUp();
    using ends = pair();
    loop.onReadable(ends.near, turns.turn("the reader"));
    turns.sleeps("nothing came");
  });

  test("run() goes on as long as there is a socket to wait for", () => {
    const { loop, turns } = setUp();
    using ends = readablePair();
    const read = () => {
      ends.near.recv(1);
      loop.setTimer(1, turns.turn("the timer", () => void ends.far.send(new Uint8Array(1))));
      loop.onReadable(ends.near, turns.turn("the reader again", () => loop.stop()));
    };
    loop.onReadable(ends.near, turns.turn("the reader", read));
    turns.returns(
      ["the reader", "the timer", "the reader again"],
      "no timer was left, but a socket was",
    );
  });

  test("run() leaves a timer alone that is not due when a socket is ready", () => {
    const { loop, turns } = setUp();
    using ends = readablePair();
    loop.onReadable(ends.near, () => loop.offReadable(ends.near));
    turns.keepsTime(30);
  });

  test("run() calls timers while a socket is readable all the time", () => {
    const { loop, turns } = setUp();
    using ends = readablePair();
    loop.setTimer(5, () => loop.stop());
    let calls = 0;
    const reader = turns.turn("a reader that reads nothing");
    loop.onReadable(ends.near, () => calls++ % 1000 === 0 ? reader() : undefined);
    turns.goesOn("a timer was due");
  });

  test("run() calls readers while a timer sets itself again and again", () => {
    const { loop, turns } = setUp();
    using ends = pair();
    let calls = 0;
    const timer = turns.turn("a timer of 0 ms that sets itself");
    const again = () => {
      if (calls++ === 5) ends.far.send(new Uint8Array(1));
      if (calls % 1000 === 0) timer();
      loop.setTimer(0, again);
    };
    loop.setTimer(0, again);
    loop.onReadable(ends.near, () => loop.stop());
    turns.goesOn("a socket was readable");
  });
});

describe("3 of 5, it writes", () => {
  test("run() calls back when there is room", () => {
    const { loop, turns } = setUp();
    using ends = pair();
    fill(ends.near);
    const write = turns.turn("the writer", () => loop.offWritable(ends.near));
    loop.onWritable(ends.near, write);
    loop.setTimer(20, turns.turn("the timer that made room", () => empty(ends.far)));
    turns.run(["the timer that made room", "the writer"], "before, the buffer was full");
  });

  test("run() goes on with the reader when the writer is taken off", () => {
    const { loop, turns } = setUp();
    using ends = pair();
    loop.onReadable(ends.near, turns.turn("the reader", () => void ends.near.recv(1)));
    loop.onWritable(
      ends.near,
      turns.turn("the writer", () => {
        loop.offWritable(ends.near);
        ends.far.send(new Uint8Array(1));
      }),
    );
    turns.run(["the writer", "the reader"], "only the writer was taken off");
  });

  test("run() goes on with the writer when the reader is taken off", () => {
    const { loop, turns } = setUp();
    using ends = pair();
    fill(ends.near);
    ends.far.send(new Uint8Array(1));
    loop.onWritable(ends.near, turns.turn("the writer", () => loop.offWritable(ends.near)));
    loop.onReadable(
      ends.near,
      turns.turn("the reader", () => {
        loop.offReadable(ends.near);
        empty(ends.far);
      }),
    );
    turns.run(["the reader", "the writer"], "only the reader was taken off");
  });

  test("run() sleeps when the writer is taken off and the reader has nothing to read", () => {
    const { loop, turns } = setUp();
    using ends = pair();
    loop.onReadable(ends.near, turns.turn("the reader"));
    loop.onWritable(ends.near, turns.turn("the writer", () => loop.offWritable(ends.near)));
    turns.run(["the writer"], "it had taken itself off, and there was nothing to read");
    turns.sleeps("the writer was taken off");
  });
});

describe("4 of 5, callbacks change things", () => {
  test("run() leaves out a reader that another has taken off", () => {
    const { loop, turns } = setUp();
    using one = readablePair();
    using two = readablePair();
    const takeOff = (self: Socket, other: Socket) => () => {
      loop.offReadable(self);
      loop.offReadable(other);
      other.close();
    };
    // Whoever comes first takes the other off; both are ready in one round.
    const name = "one of two readers";
    loop.onReadable(one.near, turns.turn(name, takeOff(one.near, two.near)));
    loop.onReadable(two.near, turns.turn(name, takeOff(two.near, one.near)));
    turns.run([name], "it had taken the other off, and closed its socket");
  });

  test("run() leaves out the writer that the reader of the socket has taken off", () => {
    const { loop, turns } = setUp();
    using ends = readablePair();
    const takeBothOff = () => {
      loop.offReadable(ends.near);
      loop.offWritable(ends.near);
    };
    loop.onReadable(ends.near, turns.turn("one of the two", takeBothOff));
    loop.onWritable(ends.near, turns.turn("one of the two", takeBothOff));
    turns.run(["one of the two"], "that one had taken both off");
  });

  test("run() calls a reader that a reader has added", () => {
    const { loop, turns } = setUp();
    using one = readablePair();
    using two = readablePair();
    const read = (sock: Socket, then: () => void) => () => {
      loop.offReadable(sock);
      then();
    };
    const second = turns.turn("the second", read(two.near, () => {}));
    const add = () => loop.onReadable(two.near, second);
    loop.onReadable(one.near, turns.turn("the first", read(one.near, add)));
    turns.run(["the first", "the second"], "the first had added the second");
  });

  test("run() returns as soon as a callback has stopped it, and goes on when called again", () => {
    const { loop, turns } = setUp();
    for (const name of ["A", "B"]) loop.setTimer(0, turns.turn(name, () => loop.stop()));
    turns.returns(["A"], "A had stopped it");
    turns.returns(["B"], "B was left, and was called in the next run");
  });

  test("run() returns before the next socket when a callback has stopped it", () => {
    const { loop, turns } = setUp();
    using one = readablePair();
    using two = readablePair();
    for (const { near } of [one, two]) {
      loop.onReadable(near, turns.turn("one of two readers", () => loop.stop()));
    }
    turns.returns(["one of two readers"], "it had stopped the loop");
  });

  test("run() throws what a callback throws", () => {
    const { loop, turns } = setUp();
    const error = new RangeError("The table is full");
    const fail = () => {
      throw error;
    };
    loop.setTimer(0, turns.turn("a timer that throws", fail));
    turns.throws(error);
    using ends = readablePair();
    loop.onReadable(ends.near, turns.turn("a reader that throws", fail));
    turns.throws(error);
  });

  test("run() goes on with what is left after a callback has thrown", () => {
    const { loop, turns } = setUp();
    const error = new RangeError("The table is full");
    using ends = readablePair();
    loop.setTimer(0, () => {
      throw error;
    });
    loop.setTimer(0, turns.turn("the other timer"));
    turns.throws(error);
    turns.run(["the other timer"], "it was due, too, when the first one threw");
    loop.onReadable(ends.near, turns.turn("the reader", () => void ends.near.recv(1)));
    turns.run(["the reader"], "the loop goes on after an error");
  });
});

describe("5 of 5, the chat runs on it", () => {
  /** Connects members, one after another; each is greeted when it has been let in. */
  async function join(chat: Server, names: string[]): Promise<Peer[] & AsyncDisposable> {
    const scope = new AsyncDisposableStack();
    const members: Peer[] = [];
    for (const name of names) {
      const member = scope.use(await chat.connect(name));
      await member.receive("Welcome\n");
      members.push(member);
    }
    return Object.assign(members, { [Symbol.asyncDispose]: () => scope.disposeAsync() });
  }

  /** Has each member send a line, and all others hear it. */
  async function hearEachOther(members: Peer[]): Promise<void> {
    for (const [i, member] of members.entries()) {
      await member.send(`line ${i}\n`);
      for (const other of members) {
        if (other !== member) await other.receive(`line ${i}\n`);
      }
    }
  }

  test("chat gives a line to all others", async () => {
    const chat = await running();
    await using members = await join(chat, ["Ada", "Bob", "Cleo"]);
    const [ada, bob, cleo] = members as Peer[] as [Peer, Peer, Peer];
    await hearEachOther(members);
    await ada.dribble("one at a time\n");
    await bob.receive("one at a time\n");
    await cleo.receive("one at a time\n");
  });

  test("chat sleeps while everybody is silent", async () => {
    const chat = await running();
    await using members = await join(chat, ["Ada", "Bob"]);
    await hearEachOther(members);
    await chat.checkIdle("Ada and Bob were silent");
  });

  test("chat goes on when a member resets", async () => {
    const chat = await running();
    await using members = await join(chat, ["Ada", "Bob", "Cleo"]);
    const [ada, bob, cleo] = members as Peer[] as [Peer, Peer, Peer];
    await hearEachOther(members);
    await bob.reset();
    await hearEachOther([ada, cleo]);
    await chat.checkIdle("Bob had left by a reset");
  });

  test("chat goes on while a member does not read", async () => {
    const chat = await running();
    await using members = await join(chat, ["Ada", "Bob", "Cleo"]);
    const [ada, bob, cleo] = members as Peer[] as [Peer, Peer, Peer];
    await hearEachOther(members);
    using _pause = bob.stopReading();
    const line = someBytes(65_536).map((byte) => byte === 10 ? 11 : byte);
    line[line.length - 1] = 10;
    for (let lines = 0; lines < 128; lines++) {
      void ada.send(line);
      await cleo.receive(line);
    }
    await hearEachOther([ada, cleo]);
    await chat.checkIdle("Bob did not read");
  });

  test("chat serves many members", async () => {
    const chat = await running();
    await using members = await join(chat, Array.from({ length: 20 }, (_, i) => `member ${i}`));
    await hearEachOther(members);
  });

  test("chat stops on SIGTERM", async () => {
    const chat = await running();
    await chat.stop();
  });
});
