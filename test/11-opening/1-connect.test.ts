import type { Socket } from "node:net";
import { describe, test } from "vitest";
import {
  type Attempt,
  connect,
  ConnectError,
  type ConnectOptions,
  type Reason,
} from "#exercises/11-opening/1-connect.ts";
import { BlackHole } from "#support/black-hole.ts";
import { Calls } from "#support/calls.ts";
import { countListeners } from "#support/listeners.ts";
import type { Peer } from "#support/peer.ts";
import { freePort } from "#support/ports.ts";
import { hasKernelTable } from "#support/proc-net.ts";
import type { StageServer } from "#support/stage-server.ts";
import { TestClock } from "#support/test-clock.ts";

const name = "connect()";
const silentOne = "127.0.0.2";
const silentToo = "127.0.0.3";
const refusing = "127.0.0.4";
/** The broadcast address of loopback: Linux has no way there for TCP. */
const noWay = "127.255.255.255";
const serving = "127.0.0.1";
const limitMs = 4000;

/** Addresses that do not answer, and others of loopback than 127.0.0.1, are Linux's. */
const skips = hasKernelTable ? "" : "this needs Linux";

const named = (...addresses: string[]) => () => Promise.resolve(addresses);

/** What is known of a failed call; another error than a ConnectError stays one. */
async function failure(call: Promise<Socket>): Promise<unknown> {
  try {
    return describeSocket(await call);
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    return { reason: error.reason, ...inWords(error.attempts) };
  }
}

/** The call must give a socket that is connected to the server. */
async function connects(
  { calls }: Stage,
  call: () => Promise<Socket>,
  why: string,
): Promise<Socket> {
  await calls.gives(name, async () => describeSocket(await call()), connected, why);
  return await call();
}

function describeSocket(socket: Socket): Record<string, unknown> {
  const { connecting, destroyed, remoteAddress } = socket ?? {};
  return { connecting, destroyed, remoteAddress };
}

/** What a verdict can show of attempts. */
function inWords(attempts: Attempt[] = []) {
  return {
    "the addresses in attempts": attempts.map((it) => it.address).join(", "),
    "the reasons in attempts": attempts.map((it) => it.reason).join(", "),
    "the codes in attempts": attempts.map((it) => it.code).join(", "),
  };
}

const connected = { connecting: false, destroyed: false, remoteAddress: serving };

const codes: Partial<Record<Reason, string>> = {
  "refused": "ECONNREFUSED",
  "timed out": "ETIMEDOUT",
  "unreachable": "ENETUNREACH",
};

/** How a call fails that has tried these addresses. */
function failedAt(reason: Reason, ...tried: [address: string, reason: Reason][]) {
  const attempts = tried.map(([address, reason]) => ({ address, reason, code: codes[reason]! }));
  return { reason, ...inWords(attempts) };
}

/** A server with a part for each client, a clock, and what a call is told unless told otherwise. */
interface Stage extends AsyncDisposable {
  calls: Calls;
  clock: TestClock;
  server: StageServer;
  /** those who have connected, from the server's side */
  clients: Peer[];
  /** the port of all addresses */
  port: number;
  /** begins a call, whose outcome is looked at later */
  begin(options: Partial<ConnectOptions>): () => Promise<Socket>;
  /** an address of the same port that does not answer */
  silence(address: string): BlackHole;
}

async function open(): Promise<Stage> {
  const calls = new Calls();
  const clock = new TestClock(calls);
  const scope = new AsyncDisposableStack();
  const clients: Peer[] = [];
  const server = scope.use(
    await calls.serve((peer) => {
      clients.push(peer);
      return Promise.resolve();
    }),
  );
  const { port } = server;
  const begin = (options: Partial<ConnectOptions>) => {
    const all = { host: "ada.test", port, timeoutMs: limitMs, clock, ...options };
    const promise = (async () => await connect(all))();
    const made = promise.then((socket) => void scope.defer(() => void socket?.destroy?.()));
    made.catch(() => {});
    return () => promise;
  };
  const silence = (address: string) => new BlackHole(calls, address, port);
  const dispose = () => scope.disposeAsync();
  return { calls, clock, server, clients, port, begin, silence, [Symbol.asyncDispose]: dispose };
}

describe("1 of 5, one address", () => {
  test("connect() gives a socket that is connected", async () => {
    await using it = await open();
    const { calls, begin, clients } = it;
    const call = begin({ host: serving });
    const socket = await connects(it, call, "a server listens there");
    await calls.comesToGive("the server's count of clients", () => clients.length, 1);
    socket.write("hello");
    await clients[0]!.receive("hello");
  });

  test("connect() fails when nobody listens", async () => {
    const calls = new Calls();
    const clock = new TestClock(calls);
    const port = await freePort();
    const call = () => connect({ host: serving, port, timeoutMs: limitMs, clock });
    const why = `nobody listens on port ${port}`;
    await calls.gives(name, () => failure(call()), failedAt("refused", [serving, "refused"]), why);
    const words = [serving, String(port), "ECONNREFUSED"];
    await calls.fails("connect() to a closed port", call, why, words);
  });

  test("connect() fails when there is no way", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, begin } = it;
    const call = begin({ host: noWay });
    const wanted = failedAt("unreachable", [noWay, "unreachable"]);
    await calls.gives(name, () => failure(call()), wanted, "ENETUNREACH says so");
  });
});

describe("2 of 5, a limit in time", () => {
  test("connect() fails when its time is over and the address is silent", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin, silence } = it;
    using hole = silence(silentOne);
    const call = begin({ host: silentOne });
    await hole.isCalled(name, "it is the only address");
    clock.checkUsed(name);
    await clock.pass(limitMs - 1);
    await calls.goesOn(name, call, `timeoutMs is ${limitMs}, and 1 ms is left`);
    await clock.pass(1);
    const wanted = failedAt("timed out", [silentOne, "timed out"]);
    const why = `${limitMs} ms are over, and nobody has answered`;
    await calls.gives(name, () => failure(call()), wanted, why);
    await calls.fails(name, call, why, [silentOne, String(it.port), "ETIMEDOUT"]);
    await hole.isLeftAlone(name, "failed");
  });

  test("connect() fails when its time is over and the lookup is silent", async () => {
    await using it = await open();
    const { calls, clock, begin } = it;
    const call = begin({ lookup: () => new Promise(() => {}) });
    await clock.pass(limitMs - 1);
    await calls.goesOn(name, call, `timeoutMs is ${limitMs}, and 1 ms is left`);
    await clock.pass(1);
    const why = `${limitMs} ms are over, and the lookup has given nothing yet`;
    await calls.gives(name, () => failure(call()), failedAt("timed out"), why);
    await calls.fails(name, call, why, ["ada.test", String(it.port)]);
  });

  test("connect() fails in time when the lookup was slow and the address is silent", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin, silence } = it;
    using hole = silence(silentOne);
    const found = Promise.withResolvers<string[]>();
    const call = begin({ lookup: () => found.promise });
    await clock.pass(limitMs - 1000);
    found.resolve([silentOne]);
    await hole.isCalled(name, "the lookup gave it");
    await clock.pass(1000);
    const wanted = failedAt("timed out", [silentOne, "timed out"]);
    const why = `${limitMs} ms are over, lookup included`;
    await calls.gives(name, () => failure(call()), wanted, why);
  });

  test("connect() needs no clock to be given", async ({ skip }) => {
    if (skips) return skip(skips);
    const calls = new Calls();
    // Where no other test takes the port of its server.
    const address = "127.0.0.5";
    using hole = new BlackHole(calls, address);
    const call = () => connect({ host: address, port: hole.port, timeoutMs: 100 });
    const wanted = failedAt("timed out", [address, "timed out"]);
    const why = "100 ms are over, and nobody has answered";
    await calls.gives(name, () => failure(call()), wanted, why);
  });
});

describe("3 of 5, names", () => {
  test("connect() connects to localhost", async () => {
    await using it = await open();
    const { begin } = it;
    const call = begin({ host: "localhost" });
    const why = `the server listens on ${serving}, and no lookup was given`;
    await connects(it, call, why);
  });

  test.for<[Reason, string, () => Promise<string[]>]>([
    ["not found", "ENOTFOUND: the name has no address", lookupFails("ENOTFOUND")],
    ["failed", "EAI_AGAIN: no name server has answered", lookupFails("EAI_AGAIN")],
    ["not found", "the lookup gave no addresses", named()],
  ])("connect() fails when there is no address: %s, %s", async ([reason, why, lookup]) => {
    await using it = await open();
    const { calls, begin } = it;
    const call = begin({ lookup });
    await calls.gives("connect() to a name", () => failure(call()), failedAt(reason), why);
    await calls.fails("connect() to a name", call, why, ["ada.test", String(it.port)]);
  });

  test.for([
    ["refused", refusing],
    ["unreachable", noWay],
  ])("connect() tries the next address when one is %s", async ([reason, first], { skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { begin } = it;
    const call = begin({ lookup: named(first!, serving) });
    const why = `${first} is ${reason}, and ${serving} would serve`;
    await connects(it, call, why);
  });

  test("connect() tries the next address when one is silent for attemptMs", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin, silence, clients } = it;
    using hole = silence(silentOne);
    const call = begin({ attemptMs: 300, lookup: named(silentOne, serving) });
    await clock.pass(299);
    const early = "attemptMs is 300, and 1 ms is left for the first address";
    await calls.goesOnToGive("the server's count of clients", () => clients.length, 0, early);
    await hole.isCalled(name, "it is the first address");
    await clock.pass(1);
    const why = `${silentOne} has been silent for attemptMs, and ${serving} would serve`;
    await connects(it, call, why);
    await hole.isLeftAlone(name, "returned");
  });

  test("connect() gives the last address the rest of the time", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin, silence } = it;
    using first = silence(silentOne);
    using last = silence(silentToo);
    const call = begin({ lookup: named(silentOne, silentToo) });
    await first.isCalled(name, "it is the first address");
    await clock.pass(249);
    await last.isNotCalled(
      name,
      "the first one has 1 ms of attemptMs left, which is 250 unless told",
    );
    await clock.pass(1);
    await last.isCalled(name, "the first one has been silent for 250 ms");
    await clock.pass(limitMs - 251);
    await calls.goesOn(name, call, "1 ms is left, and there is no address behind the last one");
    await clock.pass(1);
    const wanted = failedAt("timed out", [silentOne, "timed out"], [silentToo, "timed out"]);
    await calls.gives(name, () => failure(call()), wanted, `${limitMs} ms are over`);
    await first.isLeftAlone(name, "failed");
    await last.isLeftAlone(name, "failed");
  });

  test("connect() does not call the next address when its time is over", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin, silence } = it;
    using first = silence(silentOne);
    using last = silence(silentToo);
    const call = begin({ timeoutMs: 200, lookup: named(silentOne, silentToo) });
    await first.isCalled(name, "it is the first address");
    await clock.pass(1000);
    await last.isNotCalled(name, "its 200 ms were over before attemptMs");
    const wanted = failedAt("timed out", [silentOne, "timed out"]);
    await calls.gives(name, () => failure(call()), wanted, "its 200 ms are over");
  });

  test("connect() says of each address what happened there", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, begin } = it;
    const call = begin({ lookup: named(noWay, refusing) });
    const wanted = failedAt("refused", [noWay, "unreachable"], [refusing, "refused"]);
    const why = `${refusing} answered, so it came farther than ${noWay}`;
    await calls.gives(name, () => failure(call()), wanted, why);
    const words = [noWay, "ENETUNREACH", refusing, "ECONNREFUSED"];
    await calls.fails(name, call, "two addresses were tried", words);
  });

  test("connect() takes an answer for more than silence", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin, silence } = it;
    using hole = silence(silentOne);
    const call = begin({ lookup: named(refusing, silentOne) });
    await hole.isCalled(name, `${refusing} before it has refused`);
    await clock.pass(limitMs);
    const wanted = failedAt("refused", [refusing, "refused"], [silentOne, "timed out"]);
    const why = `${refusing} answered, and ${silentOne} did not`;
    await calls.gives(name, () => failure(call()), wanted, why);
  });
});

describe("4 of 5, called off", () => {
  const tooSlow = new Error("Ada is too slow");

  /** A call must fail with this, and nothing else. */
  async function failsWith(calls: Calls, call: () => Promise<Socket>, reason: unknown) {
    const seen = async () => {
      try {
        await call();
      } catch (error) {
        if (error === reason) return "the signal's reason";
        throw error;
      }
      return "a socket";
    };
    await calls.gives(name, seen, "the signal's reason", "its signal aborted");
  }

  test("connect() fails at once when its signal aborts", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, begin, silence } = it;
    using hole = silence(silentOne);
    const controller = new AbortController();
    const call = begin({ host: silentOne, signal: controller.signal });
    await hole.isCalled(name, "it is the only address");
    calls.story.tell("its signal aborted");
    controller.abort(tooSlow);
    await failsWith(calls, call, tooSlow);
    await hole.isLeftAlone(name, "failed");
  });

  test("connect() calls nobody when its signal aborts during the lookup", async () => {
    await using it = await open();
    const { calls, clock, begin, clients } = it;
    const controller = new AbortController();
    const found = Promise.withResolvers<string[]>();
    const call = begin({ lookup: () => found.promise, signal: controller.signal });
    calls.story.tell("its signal aborted");
    controller.abort("no longer needed");
    await failsWith(calls, call, "no longer needed");
    calls.story.tell("the lookup gave an address");
    found.resolve([serving]);
    await clock.pass(1);
    const why = "the call was over when the lookup answered";
    await calls.goesOnToGive("the server's count of clients", () => clients.length, 0, why);
  });

  test("connect() asks nobody when its signal has aborted before", async () => {
    await using it = await open();
    const { calls, begin } = it;
    let asked = 0;
    const lookup = () => {
      asked++;
      return Promise.resolve([serving]);
    };
    const call = begin({ lookup, signal: AbortSignal.abort(tooSlow) });
    await failsWith(calls, call, tooSlow);
    await calls.gives("the count of lookups", () => asked, 0, "its signal had aborted before");
  });

  test("connect() gives a socket that has nothing to do with the signal", async () => {
    await using it = await open();
    const { calls, clock, begin, clients } = it;
    const controller = new AbortController();
    const call = begin({ host: serving, signal: controller.signal });
    const socket = await connects(it, call, "a server listens there");
    socket.on("error", () => {});
    calls.story.tell("its signal aborted");
    controller.abort(tooSlow);
    await clock.pass(1);
    const why = "the signal aborted after the call was over";
    await calls.gives("the socket", () => describeSocket(socket), connected, why);
    await calls.comesToGive("the server's count of clients", () => clients.length, 1);
    socket.write("hello");
    await clients[0]!.receive("hello");
  });
});

describe("5 of 5, it leaves nothing", () => {
  test("connect() leaves nothing when it has connected", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin, silence } = it;
    using hole = silence(silentOne);
    const { signal } = new AbortController();
    const left = countListeners(signal);
    const call = begin({ attemptMs: 10, lookup: named(silentOne, serving), signal });
    await hole.isCalled(name, "it is the first address");
    await clock.pass(10);
    const socket = await connects(it, call, `${serving} would serve`);
    const over = "the call is over";
    await calls.gives("the count of timers on its clock", clock.waiting, 0, over);
    await calls.gives("the count of listeners on the signal", left, 0, over);
    const errors = () => socket.listenerCount("error");
    const mine = "whoever has it must hear of its errors";
    await calls.gives("the count of listeners for its error", errors, 0, mine);
  });

  test("connect() gives a socket that lives longer than its time", async () => {
    await using it = await open();
    const { calls, clock, begin, clients } = it;
    const call = begin({ host: serving });
    const socket = await connects(it, call, "a server listens there");
    await clock.pass(2 * limitMs);
    const why = "it was connected in time";
    await calls.gives("the socket", () => describeSocket(socket), connected, why);
    await calls.comesToGive("the server's count of clients", () => clients.length, 1);
    await clients[0]!.send("hello");
    const heard = new Promise((resolve) => socket.once("data", (data) => resolve(String(data))));
    await calls.gives("the socket's data", () => heard, "hello");
  });

  test("connect() leaves nothing when it has failed", async ({ skip }) => {
    if (skips) return skip(skips);
    await using it = await open();
    const { calls, clock, begin } = it;
    const { signal } = new AbortController();
    const left = countListeners(signal);
    const call = begin({ lookup: named(refusing, noWay), signal });
    const wanted = failedAt("refused", [refusing, "refused"], [noWay, "unreachable"]);
    await calls.gives(name, () => failure(call()), wanted);
    const over = "the call is over";
    await calls.gives("the count of timers on its clock", clock.waiting, 0, over);
    await calls.gives("the count of listeners on the signal", left, 0, over);
  });
});

/** A lookup that fails as the system's does. */
function lookupFails(code: string): () => Promise<string[]> {
  const error = Object.assign(new Error(`getaddrinfo ${code} ada.test`), { code });
  return () => Promise.reject(error);
}
