import { once } from "node:events";
import net from "node:net";
import { constants } from "node:os";
import { describe, test } from "vitest";
import { describeConnectError } from "#exercises/03-addresses/2-describe-connect-error.ts";
import { Calls } from "#support/calls.ts";
import { late, within } from "#support/deadline.ts";
import { freePort, hasAddress } from "#support/ports.ts";

const onDeno = "Deno" in globalThis;

/** The words of the contract's table. */
const reasons = [
  "nobody listens",
  "no answer",
  "no route",
  "no such name",
  "name server",
  "not available",
  "not allowed",
  "reset",
];

/** The sentence on an error must hold these words, and no reason that is not among them. */
async function check(
  what: string,
  error: unknown,
  words: (string | string[])[],
  why = "",
  calls = new Calls(),
): Promise<void> {
  const said = words.flat();
  // No answer from a name server is no answer, too.
  if (said.includes("name server")) said.push("no answer");
  const never = reasons.filter((reason) => !said.includes(reason));
  const name = `describeConnectError() of ${what}`;
  await calls.says(name, () => describeConnectError(error), words, why, never);
}

/** The error of a connection that does not come about. */
async function failure(options: net.TcpNetConnectOpts): Promise<NodeJS.ErrnoException> {
  const socket = net.connect(options);
  try {
    return await once(socket, "connect").then(() => new Error("It connected"), (error) => error);
  } finally {
    socket.destroy();
  }
}

/** A name that has these addresses, wherever it is looked up. */
function named(...addresses: string[]): net.LookupFunction {
  const all = addresses.map((address) => ({ address, family: net.isIP(address) }));
  return (_name, options, callback) => {
    if (options.all) callback(null, all);
    else callback(null, all[0]!.address, all[0]!.family);
  };
}

/** An error of `node:net` as Node makes it. */
function systemError(code: string, syscall: string, at: { address?: string; port?: number }) {
  const where = at.port === undefined ? at.address : `${at.address}:${at.port}`;
  return Object.assign(new Error(`${syscall} ${code} ${where}`), {
    code,
    errno: -constants.errno[code as "ECONNREFUSED"],
    syscall,
    ...at,
  });
}

/** What `connect()` of `node:net` gives when several addresses have failed. */
function aggregate(errors: NodeJS.ErrnoException[]): Error {
  return Object.assign(new AggregateError(errors), { code: errors[0]?.code });
}

/** An error of Deno's own calls: a class of its own, a code, and nothing else. */
function denoError(name: string, message: string, code?: string): Error {
  const error = Object.assign(new Error(message), code === undefined ? {} : { code });
  return Object.defineProperty(error, "name", { value: name });
}

const port = await freePort();
// Begun here, so that it runs during the other tests: a silent name server takes its time.
const unknownName = "nowhere.invalid";
const lookup = failure({ port, host: unknownName });
/** How much longer the lookup may take when its test has come, on any machine, in ms. */
const lookupMs = 250;
const unreachable = { address: "192.0.2.7", port };

describe("1 of 4, one address", () => {
  test("describeConnectError() explains a real refusal", async () => {
    const error = await failure({ port, host: "127.0.0.1" });
    const words = ["nobody listens", `127.0.0.1:${port}`, "ECONNREFUSED"];
    await check("a closed port", error, words);
  });

  test("describeConnectError() puts an IPv6 address into brackets", async () => {
    const error = systemError("ECONNREFUSED", "connect", { address: "::1", port });
    const words = ["nobody listens", `[::1]:${port}`, "ECONNREFUSED"];
    await check("a closed port of ::1", error, words, "an address full of colons");
  });

  test.for<[string, string, string]>([
    ["ETIMEDOUT", "no answer", "silence"],
    ["EHOSTUNREACH", "no route", "an unreachable host"],
    ["ENETUNREACH", "no route", "an unreachable network"],
    ["EACCES", "not allowed", "a broadcast address"],
    ["EPERM", "not allowed", "a rule of this machine"],
  ])("describeConnectError() explains %s", async ([code, words, what]) => {
    const error = systemError(code, "connect", unreachable);
    await check(what, error, [words, `192.0.2.7:${port}`, code]);
  });

  test("describeConnectError() explains an address of its own that it does not have", async () => {
    const error = systemError("EADDRNOTAVAIL", "bind", { address: "192.0.2.99" });
    await check("a foreign localAddress", error, ["not available", "192.0.2.99", "EADDRNOTAVAIL"]);
  });

  test("describeConnectError() explains a reset", async () => {
    const error = Object.assign(new Error("read ECONNRESET"), {
      code: "ECONNRESET",
      errno: -104,
      syscall: "read",
    });
    await check("a reset", error, ["reset", "ECONNRESET"]);
  });

  test("describeConnectError() knows a code by its name, not by its number", async () => {
    const error = systemError("ECONNREFUSED", "connect", { address: "127.0.0.1", port });
    error.errno = -61;
    const words = ["nobody listens", `127.0.0.1:${port}`];
    await check("a closed port on macOS", error, words, "errno is -61 there, and -111 on Linux");
  });
});

describe("2 of 4, names", () => {
  test("describeConnectError() explains a name that a real lookup does not find", async () => {
    const calls = new Calls();
    const looked = await within(lookupMs, lookup);
    if (looked === late) {
      calls.story.tell("(a real lookup took too long and was not waited for)");
    }
    // Where no name server answers, it is late, or it is another error.
    const real = looked !== late && looked.code === "ENOTFOUND";
    const error = real ? looked : lookupError("ENOTFOUND", unknownName);
    const words = ["no such name", unknownName, "ENOTFOUND"];
    await check("an unknown name", error, words, "", calls);
  });

  test("describeConnectError() explains a lookup that got no answer", async () => {
    const error = lookupError("EAI_AGAIN", "example.com");
    const words = ["name server", "example.com", "EAI_AGAIN"];
    await check("a lookup without an answer", error, words);
  });
});

describe("3 of 4, several addresses", () => {
  test("describeConnectError() explains that both families were refused", async () => {
    const both = ["::1", "127.0.0.1"];
    // Without IPv6 the first one would fail in another way: then both errors are made by hand.
    const error = hasAddress("::1")
      ? await failure({ port, host: "localhost", lookup: named(...both) })
      : aggregate(both.map((address) => systemError("ECONNREFUSED", "connect", { address, port })));
    const words = ["nobody listens", `[::1]:${port}`, `127.0.0.1:${port}`, "ECONNREFUSED"];
    await check("::1 and 127.0.0.1 refused", error, words, "two addresses were tried");
  });

  test("describeConnectError() says of each address what happened there", async () => {
    const three: [code: string, address: string, where: string, reason: string][] = [
      ["ENETUNREACH", "2001:db8::7", "[2001:db8::7]", "no route"],
      ["ETIMEDOUT", "192.0.2.7", "192.0.2.7", "no answer"],
      ["ECONNREFUSED", "192.0.2.8", "192.0.2.8", "nobody listens"],
    ];
    const errors = three.map(([code, address]) => systemError(code, "connect", { address, port }));
    const words = three.map(([code, , where, reason]) => [`${where}:${port}`, reason, code]);
    await check("three addresses", aggregate(errors), words, "three addresses, three reasons");
  });
});

describe("4 of 4, Deno and the unknown", () => {
  test("describeConnectError() explains a refusal of Deno.connect()", async () => {
    const error = onDeno
      ? await Deno.connect({ hostname: "127.0.0.1", port }).catch((it) => it)
      : denoError("ConnectionRefused", "Connection refused (os error 111)", "ECONNREFUSED");
    await check("Deno's refusal", error, ["nobody listens", "ECONNREFUSED"], "it has this code");
  });

  test("describeConnectError() explains a name that Deno.connect() does not find", async () => {
    const message = "failed to lookup address information: Name or service not known";
    await check("Deno's unknown name", new Error(message), ["no such name"], "it has no code");
  });

  test("describeConnectError() explains what Deno does not permit", async () => {
    const where = `127.0.0.1:${port}`;
    const message = `Requires net access to "${where}", run again with the --allow-net flag`;
    const error = denoError("NotCapable", message);
    const words = ["not allowed", where, "--allow-net"];
    await check("a missing permission", error, words, "it is named NotCapable");
  });

  test("describeConnectError() keeps the words of an error that it does not know", async () => {
    const error = systemError("ENOBUFS", "connect", unreachable);
    await check("an error that is not in the table", error, ["ENOBUFS"], "its own words");
    const plain = new RangeError("The moon is full");
    await check("an error without a code", plain, ["The moon is full"], "its own words");
    await check("an error without a message", new TypeError(), ["TypeError"], "its name");
    await check("a thrown text", "out of luck", ["out of luck"], "its own words");
  });

  test("describeConnectError() has words where nothing is known", async () => {
    await check("undefined", undefined, [], "nothing was thrown");
    await check("null", null, [], "nothing was thrown");
  });

  test("describeConnectError() makes one line of a message of two", async () => {
    const words = ["The moon is full", "and so is the list"];
    const error = new Error(words.join("\n"));
    await check("a message of two lines", error, words, "both lines are its own words");
    await check("a thrown text of two lines", words.join("\n"), words, "both lines are its words");
  });
});

/** An error of a lookup as both runtimes make it. */
function lookupError(code: string, hostname: string): Error {
  const errno = code === "ENOTFOUND" ? -3008 : -3001;
  const fields = { code, errno, syscall: "getaddrinfo", hostname };
  return Object.assign(new Error(`getaddrinfo ${code} ${hostname}`), fields);
}
