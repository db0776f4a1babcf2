import { describe, test } from "vitest";
import { moreThanTheKernelHolds, someBytes } from "#support/bytes.ts";
import { programExercise } from "#support/exercise.ts";
import type { Peer } from "#support/peer.ts";
import { receiveNoMore } from "#support/replies.ts";
import type { Server } from "#support/server.ts";
import { type Diagnosis, Verdict } from "#support/verdict.ts";

const { start, running } = programExercise(import.meta.url);

/** How many clients come and reset. */
const many = 1000;

/** And how many of them at the same time. */
const atOnce = 10;

/** Clients of one server, and what they have been told. */
class Crowd {
  readonly server: Server;
  readonly #numbers = new Map<number, string>();

  constructor(server: Server) {
    this.server = server;
  }

  /** Has a client come, who is to be told its number and how many are there. */
  async come(name: string, ...counts: number[]): Promise<[peer: Peer, number: number]> {
    const peer = await this.server.connect(name);
    const said = await told(peer, /^hello [1-9]\d* \d+$/, '"hello NUMBER COUNT"');
    const [number = NaN, count = NaN] = said.split(" ").slice(1).map(Number);
    const wanted = counts.join(" or ");
    const owner = this.#numbers.get(number);
    if (owner) {
      this.refuse("wrong-value", `It gave ${name} the number ${number}, which is ${owner}'s`);
    }
    this.#numbers.set(number, name);
    if (counts.includes(count)) return [peer, number];
    return this.refuse(
      "wrong-value",
      `It told ${name} that ${count} are there, wanted ${wanted}: ${this.#numbers.size} have come`,
    );
  }

  /**
   * Reads what one is told of strangers until all have left.
   *
   * @param own Its own number
   * @param isComplete Whether all have come, whose numbers are given
   */
  async watchStrangers(
    peer: Peer,
    own: number,
    isComplete: (seen: Set<number>) => boolean,
  ): Promise<void> {
    const seen = new Set([own]);
    const there = new Set<number>();
    const wanted = '"joined NUMBER" or "left NUMBER"';
    while (there.size > 0 || !isComplete(seen)) {
      const why = `${seen.size - 1} have come, and ${there.size} of them not left`;
      const said = await told(peer, /^(?:joined|left) [1-9]\d*$/, `${wanted} (${why})`);
      const number = Number(said.split(" ")[1]);
      if (said.startsWith("joined")) {
        if (seen.has(number)) this.refuse("wrong-value", `It gave the number ${number} twice`);
        seen.add(number);
        there.add(number);
      } else if (!there.delete(number)) {
        const what = seen.has(number) ? "that was gone, or is there" : "that never came";
        this.refuse("wrong-value", `It told ${peer.name} of a client that left ${what}: "${said}"`);
      }
    }
  }

  refuse(diagnosis: Diagnosis, sentence: string): never {
    throw new Verdict(diagnosis, sentence, { story: this.server.story });
  }
}

/** Waits for a line of a form. */
async function told(peer: Peer, form: RegExp, says: string): Promise<string> {
  let line = "";
  await peer.receiveLines([{
    test: (text) => {
      line = text;
      return form.test(text);
    },
    toString: () => says,
  }]);
  return line;
}

/** Waits until each of those has been told so. */
async function allTold(peers: Peer[], line: string, why: string): Promise<void> {
  for (const peer of peers) {
    try {
      const says = `"${line}" (${why})`;
      await peer.receiveLines([{ test: (text) => text === line, toString: () => says }]);
    } catch (error) {
      const inVain = error instanceof Verdict && silences.includes(error.diagnosis);
      if (!inVain) throw error;
      const sentence = `${peer.name} waited in vain for "${line}" (${why})`;
      throw new Verdict("stopped-short", sentence, { story: peer.story });
    }
  }
}

/** What may be said of a server that is silent: here nobody has asked it for anything. */
const silences = ["sent-nothing", "stopped-short", "starved"];

describe("1 of 5, it greets", () => {
  test("server listens on 127.0.0.1 and nowhere else", async () => {
    const server = await running();
    server.checkListensOn("127.0.0.1");
  });

  test("server says so and gives up when its port is taken", async () => {
    const first = await running();
    await using second = await start({ args: [String(first.port)], listens: false });
    await second.checkGivesUp();
  });

  test("server says hello to a client that says nothing", async () => {
    const server = await running();
    await new Crowd(server).come("Ada", 1);
  });

  test("server tells all others who has joined", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [ada] = await crowd.come("Ada", 1);
    const [bob, bobs] = await crowd.come("Bob", 2);
    await allTold([ada], `joined ${bobs}`, "Bob has come");
    const [, cleos] = await crowd.come("Cleo", 3);
    await allTold([ada, bob], `joined ${cleos}`, "Cleo has come");
  });
});

describe("2 of 5, it sees clients end", () => {
  test("server tells all others who has left by a FIN", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [ada, adas] = await crowd.come("Ada", 1);
    const [bob] = await crowd.come("Bob", 2);
    const [cleo, cleos] = await crowd.come("Cleo", 3);
    await allTold([bob], `joined ${cleos}`, "Cleo has come");
    await ada.halfClose();
    await allTold([bob, cleo], `left ${adas}`, "Ada has sent FIN");
    const [, dans] = await crowd.come("Dan", 3);
    await allTold([bob, cleo], `joined ${dans}`, "Dan has come, and of Ada's FIN all have heard");
  });

  test("server sends one that has ended its own FIN, and nothing else", async () => {
    await using server = await start();
    const [ada] = await new Crowd(server).come("Ada", 1);
    await ada.halfClose();
    await receiveNoMore(ada, "she has left, and hears of no one any more");
  });

  test("server sees a client end that has said something", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [ada, adas] = await crowd.come("Ada", 1);
    const [bob] = await crowd.come("Bob", 2);
    await ada.halfClose("some words that mean nothing");
    await allTold([bob], `left ${adas}`, "Ada has said something, and sent FIN");
  });

  test("server sees a client end behind much that it has sent", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [ada, adas] = await crowd.come("Ada", 1);
    const [bob] = await crowd.come("Bob", 2);
    await ada.halfClose(someBytes(moreThanTheKernelHolds));
    await allTold([bob], `left ${adas}`, "Ada has sent much, and FIN behind it");
  });
});

describe("3 of 5, it sees clients reset", () => {
  test("server goes on when a client resets", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [ada] = await crowd.come("Ada", 1);
    await crowd.come("Bob", 2);
    await ada.reset();
    await crowd.come("Cleo", 1, 2, 3);
  });

  test("server tells all others who has left by a reset", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [ada, adas] = await crowd.come("Ada", 1);
    const [bob] = await crowd.come("Bob", 2);
    const [cleo, cleos] = await crowd.come("Cleo", 3);
    await allTold([bob], `joined ${cleos}`, "Cleo has come");
    await ada.reset("some words that mean nothing");
    await allTold([bob, cleo], `left ${adas}`, "Ada has sent RST");
    const [, dans] = await crowd.come("Dan", 3);
    await allTold([bob, cleo], `joined ${dans}`, "Dan has come, and of Ada's RST all have heard");
  });

  test("server sees a client reset behind its FIN", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [ada, adas] = await crowd.come("Ada", 1);
    const [bob] = await crowd.come("Bob", 2);
    {
      using _stopped = await server.standStill();
      await ada.halfClose();
      await ada.abort();
    }
    await allTold([bob], `left ${adas}`, "Ada has sent FIN and RST");
    const [, cleos] = await crowd.come("Cleo", 2);
    await allTold([bob], `joined ${cleos}`, "Cleo has come, and of FIN and RST all have heard");
  });

  test("server goes on when clients reset before it has accepted them", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [bob, bobs] = await crowd.come("Bob", 1);
    {
      using _stopped = await server.standStill();
      for (const name of ["Ada", "Cleo"]) {
        const peer = await server.connect(name);
        await peer.abort();
      }
    }
    const [dan, dans] = await crowd.come("Dan", 2, 3, 4);
    await dan.halfClose();
    // Whoever else was told of came before him.
    await crowd.watchStrangers(bob, bobs, (seen) => seen.has(dans));
    await crowd.come("Eve", 2);
  });
});

describe("4 of 5, its registry ends empty", () => {
  test("server knows of nobody when a thousand have come and reset", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const [bob, bobs] = await crowd.come("Bob", 1);
    const before = server.openSockets;
    await server.comeAndReset(many, atOnce);
    await crowd.watchStrangers(bob, bobs, (seen) => seen.size > many);
    await server.checkNoneKept(before, "by a reset");
    await crowd.come("Cleo", 2);
  });

  test("server has no socket left of those who ended", async () => {
    await using server = await start();
    const crowd = new Crowd(server);
    const before = server.openSockets;
    for (const name of ["Ada", "Bob"]) {
      const [peer] = await crowd.come(name, 1);
      await peer.halfClose();
      await peer.receiveAll();
    }
    await server.checkNoneKept(before, "by a FIN");
  });
});

describe("5 of 5, it ends", () => {
  test("server stops on SIGTERM", async () => {
    const server = await running();
    await server.stop();
  });
});
