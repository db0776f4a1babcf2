import { once } from "node:events";
import { readdirSync } from "node:fs";
import net from "node:net";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../../course/disk.ts";
import { moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";
import { checkCost } from "#support/cost.ts";
import type { Decoder } from "#support/decoder.ts";
import { toBytes } from "#support/hex.ts";
import type { Peer } from "#support/peer.ts";
import { checkLetsOthersGoOn } from "#support/pings.ts";
import { onThisRuntime } from "#support/program.ts";
import { ScriptedSocket } from "#support/scripted-socket.ts";
import { checkEveryCut } from "#support/segments.ts";
import { Server } from "#support/server.ts";
import { Turns } from "#support/turns.ts";
import { diagnoses, type Diagnosis, Verdict } from "#support/verdict.ts";

const server = join(root, "test/repo/misbehaving-server.ts");
const golden = join(root, "test/repo/golden");
const hello = "Hello, TCP server!";

const start = (name: string, args = ["0", name]) =>
  Server.start(onThisRuntime(server, ["--allow-net"]), { args });

async function withAda(name: string, play: (ada: Peer, server: Server) => Promise<void>) {
  await using program = await start(name);
  await using ada = await program.connect("Ada");
  await play(ada, program);
}

const askHello = (name: string) =>
  withAda(name, async (ada) => {
    await ada.send(hello);
    await ada.receive(hello);
    await ada.halfClose();
    await ada.receiveEnd();
  });

async function cutAfter(ada: Peer, earliestMs: number): Promise<void> {
  const since = performance.now();
  await ada.send(hello);
  await ada.receiveCut({ since, sinceWhat: "her last byte", earliestMs });
}

/** How each program's fault shows. */
const programs: Partial<Record<Diagnosis, () => Promise<void>>> = {
  "exited-early": async () => void await start("exited-early"),
  "never-listened": async () => void await start("never-listened"),
  "listens-elsewhere": async () => {
    await using program = await start("listens-elsewhere");
    program.checkListensOn("127.0.0.1");
  },
  "refused": async () => {
    await using program = await start("refused");
    await program.connect("Ada");
  },
  "not-accepted": async () => {
    await using program = await start("not-accepted");
    for (const name of ["Ada", "Bob", "Cleo", "Dan"]) await program.connect(name);
  },
  "not-read": () => withAda("not-read", (ada) => ada.send(someBytes(moreThanTheKernelHolds))),
  "half-close-ignored": () =>
    withAda("half-close-ignored", async (ada) => {
      await ada.halfClose(hello);
      await ada.receive(hello);
    }),
  "stalled": () =>
    withAda("stalled", async (ada) => {
      const much = someBytes(moreThanTheKernelHolds);
      {
        using _pause = ada.stopReading();
        void ada.send(much);
        await ada.settled();
      }
      await ada.receive(much);
    }),
  "starved": () =>
    withAda("starved", async (ada, program) => {
      await ada.send(hello);
      await ada.receive(hello);
      await program.checkServes("Bob");
    }),
  "out-of-turn": () =>
    withAda("out-of-turn", async (ada, program) => {
      await ada.send(hello);
      await ada.receive(hello);
      await using bob = await program.connect("Bob");
      void bob.send(hello);
      await bob.checkWaits("Ada");
    }),
  "mixed": () =>
    withAda("mixed", async (_ada, program) => {
      program.keepsApart();
      await program.checkServes("Bob");
    }),
  "reordered": () =>
    withAda("reordered", async (ada) => {
      await ada.coalesce(["slow\n", "fast\n"]);
      await ada.receiveLines(["slow", "fast"]);
    }),
  "blocked": () =>
    withAda("blocked", async (ada, program) => {
      await using bob = await program.connect("Bob");
      await checkLetsOthersGoOn({
        worker: ada,
        work: () => ({ asks: "work", due: "work" }),
        sizes: [1],
        probe: bob,
        ping: { asks: "ping", due: "ping" },
      });
    }),
  "swallowed": () =>
    withAda("swallowed", async (ada) => {
      await ada.receive(hello);
    }),
  "ignored-sigterm": () => withAda("ignored-sigterm", (_ada, program) => program.stop()),
  "spins": () => withAda("spins", (_ada, program) => program.checkIdle("Ada said nothing")),
  "grows": () =>
    withAda("grows", async (ada, program) => {
      const before = program.memory;
      await ada.send(someBytes(64 << 20));
      await ada.drained();
      program.checkMemory(before, 32 << 20, "Ada sent 64 MiB");
    }),
  "leaked": () =>
    withAda("leaked", async (ada, program) => {
      await ada.receiveEnd();
      await program.checkNothingLeft();
    }),
  "not-cut": () => withAda("not-cut", (ada) => cutAfter(ada, 100)),
  "cut-early": () => withAda("cut-early", (ada) => cutAfter(ada, 60_000)),
  "took-busy-port": async () => {
    await using first = await start("");
    await using second = await Server.start(onThisRuntime(server, ["--allow-net"]), {
      args: [String(first.port), "took-busy-port"],
      listens: false,
    });
    await second.checkGivesUp();
  },
  ...Object.fromEntries(
    ([
      "sent-nothing",
      "stopped-short",
      "bytes-differ",
      "lost-bytes",
      "extra-bytes",
      "fin-too-early",
      "no-fin",
      "reset",
      "died",
    ] as const).map((name) => [name, () => askHello(name)]),
  ),
};

const ask = (call: () => Promise<Uint8Array>) => new Calls().returns("ask()", call, toBytes(hello));

/** A decoder of lines that does one thing wrong. */
class Lines implements Decoder<string> {
  readonly #split: (text: string) => string[];
  #rest = "";

  constructor(split: (text: string) => string[]) {
    this.#split = split;
  }

  push(chunk: Uint8Array): string[] {
    const lines = this.#split(this.#rest + new TextDecoder().decode(chunk));
    this.#rest = lines.pop()!;
    return lines;
  }
}

const linesBy = (values: string[], split: (text: string) => string[]) => () => {
  const samples = values.map((value) => ({ wire: toBytes(`${value}\n`), value }));
  checkEveryCut("Lines.push()", () => new Lines(split), samples, 7);
};

/** How each module's fault shows. */
const modules: Partial<Record<Diagnosis, () => Promise<void> | void>> = {
  "left-open": async () => {
    const calls = new Calls();
    await using stage = await calls.serve((server) => server.halfClose(hello));
    const socket = new net.Socket({ allowHalfOpen: true });
    const call = async () => {
      const [bytes] = await once(socket.connect(stage.port, "127.0.0.1"), "data");
      return bytes;
    };
    await calls.returns("ask()", call, toBytes(hello));
    await calls.leavesNothingOpen("ask()", "returned").finally(() => socket.destroy());
  },
  "hoards": async () => {
    const calls = new Calls();
    await using stage = await calls.serve((server) => server.halfClose(hello));
    const socket = net.connect(stage.port, "127.0.0.1");
    await once(socket.resume(), "end");
    calls.tookAtMost("Lines", socket, 5, "nobody asked for a line");
  },
  "not-written": () => ask(() => Promise.reject(new Error("Not written yet"))),
  "threw": () => ask(() => Promise.reject(new RangeError("The table is full"))),
  "part": () => ask(() => Promise.resolve(toBytes(hello.slice(0, 5)))),
  "never-settled": () => ask(() => new Promise(() => {})),
  "too-many-calls": async () => {
    const calls = new Calls();
    const sock = new ScriptedSocket("ask()", calls.story, { pieces: [toBytes(hello)] });
    const call = () => {
      const bytes = Array.from(hello, () => sock.recv(1));
      sock.checkReceives(2);
      return Buffer.concat(bytes);
    };
    await calls.returns("ask()", call, toBytes(hello));
  },
  "waits-for-ever": async () => {
    const calls = new Calls();
    const sock = new ScriptedSocket("ask()", calls.story, { pieces: [toBytes(hello)] });
    const call = () => {
      while (sock.recv(100).length > 0);
      return toBytes(hello);
    };
    await calls.returns("ask()", call, toBytes(hello));
  },
  "should-fail": async () => {
    const calls = new Calls();
    await using stage = await calls.serve((server) => server.reset("half a rep"));
    const call = () => Promise.resolve(toBytes(`half a rep from ${stage.port > 0}`));
    await calls.fails("ask()", call, "the server reset the connection");
  },
  "wrong-value": linesBy(["GET a", "naïve", ""], (text) => text.split("\n")),
  "kept-message": linesBy(["one", "two", ""], (text) => {
    const [line, ...rest] = text.split("\n");
    return rest.length > 0 ? [line!, rest.join("\n")] : [line!];
  }),
  "changed-message": () => {
    const create = () => ({
      push: (chunk: Uint8Array) => chunk.map((byte) => byte).length ? [chunk] : [],
    });
    checkEveryCut("Bytes.push()", create, [{ wire: toBytes("a"), value: toBytes("a") }], 7);
  },
  "wrong-turn": () => {
    // It calls whoever came last first.
    const callbacks: (() => void)[] = [];
    const turns = new Turns({
      setTimer: (_ms, callback) => () => callbacks.push(callback),
      run: () => callbacks.reverse().forEach((callback) => callback()),
      stop: () => {},
    });
    callbacks.push(turns.turn("the first"), turns.turn("the second"));
    turns.returns(["the first", "the second"], "so they were due");
  },
  "pins": () => {
    // It copies what comes, once, and hands out views of the copy.
    const create = () => ({
      *push(chunk: Uint8Array) {
        const all = chunk.slice();
        for (let at = 0; at < all.length; at++) yield all.subarray(at, at + 1);
      },
    });
    checkEveryCut("Bytes.push()", create, [{ wire: toBytes("a"), value: toBytes("a") }], 7);
  },
  "copies": () => {
    const copying = () => {
      let all = new Uint8Array();
      return {
        push(chunk: Uint8Array) {
          all = Uint8Array.from([...all, ...chunk]);
          return [];
        },
      };
    };
    const listing = () => {
      const chunks: Uint8Array[] = [];
      return {
        push(chunk: Uint8Array) {
          chunks.push(chunk);
          return [];
        },
      };
    };
    checkCost("Frames.push()", copying, listing, someBytes(1 << 18));
  },
};

const seen = new Set<string>();

for (const [name, play] of Object.entries({ ...modules, ...programs })) {
  // Most of them wait for a deadline, so they do it side by side; not so those that have both
  // ends of a connection in this process, in which others compute.
  const run = ["left-open", "hoards"].includes(name) ? test : test.concurrent;
  run(`the verdict "${name}" is given in the words of its golden file`, async ({ expect }) => {
    const verdict = await Promise.resolve().then(play).catch((error) => error);
    expect(verdict).toBeInstanceOf(Verdict);
    // Node throws where Deno swallows: there the same fault is a plain death.
    const onNode = name === "swallowed" && !("Deno" in globalThis);
    expect(verdict.diagnosis).toBe(onNode ? "died" : name);
    const file = onNode ? "swallowed-node" : name;
    seen.add(`${file}.txt`);
    const text = `${steady(verdict.message).trimEnd()}\n\n${
      verdict.story.map(steady).filter(Boolean).join("\n")
    }\n`;
    await expect(text).toMatchFileSnapshot(join(golden, `${file}.txt`));
  });
}

test("every diagnosis of the closed list has its golden file", () => {
  expect(Object.keys({ ...modules, ...programs }).sort()).toEqual(Object.keys(diagnoses).sort());
});

afterAll(() => {
  const files = readdirSync(golden).filter((file) => !file.startsWith("swallowed"));
  expect(files.filter((file) => !seen.has(file))).toEqual([]);
});

/** Leaves out what differs from run to run: times, ports, counts of pieces. */
function steady(text: string): string {
  return text
    .replaceAll(/ +\d+ ms /g, " T ms ")
    .replaceAll(/\d+(\.\d)? s\b/g, "T s")
    .replaceAll(/:\d{4,5}\b/g, ":PORT")
    .replaceAll(/took [\d.]+ ms/g, "took T ms")
    .replaceAll(/\d+ ms after/g, "T ms after")
    .replaceAll(/\d+ %/g, "N %")
    .replaceAll(/(grew by|has) \d+ MiB/g, "$1 N MiB")
    .replaceAll(/[\d.]+ ms before/g, "T ms before")
    // How many pings there are, and who comes first, is up to the machine.
    .replaceAll(/^ *\d+\. T ms {2}(?:Bob|Ada) \w+ 4 bytes "(?:ping|work)"\n?/gm, "")
    .replaceAll(/\d+ times/g, "N times")
    .replaceAll(/\d{5,}/g, "N")
    .replaceAll(/in \d+ pieces/g, "in N pieces")
    .replaceAll(/(misbehaving-server\.ts) \d+,?/g, "$1 PORT,")
    .replaceAll("started deno run", "started node");
}
