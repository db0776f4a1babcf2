import { once } from "node:events";
import net from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Transcript, transcripts } from "../../course/lessons/console-fences.ts";
import { parseMarkdown } from "../../course/lessons/markdown.ts";
import { mistakeText } from "../../course/lessons/mistakes.ts";
import { play, type Played } from "../../course/lessons/play.ts";
import { findRuntime, here } from "../../course/runtimes.ts";
import {
  checkTranscript,
  comparePlayed,
  freshTranscript,
  type Outcome,
  type Place,
  runsOn,
} from "../../course/lessons/transcripts.ts";
import { TempCourse, text } from "./temp-course.ts";

const header = (name: string, args: string) =>
  text(
    "/**",
    " * A program to try the gate on.",
    " *",
    ` *     node examples/02-x/${name}.ts ${args}`,
    ` *     deno run --allow-net=127.0.0.1 examples/02-x/${name}.ts ${args}`,
    " *",
    " * @module",
    " */",
    'import net from "node:net";',
    'import process from "node:process";',
    "const port = Number(process.argv[2] ?? 65432);",
  );

const server = text(
  "const server = net.createServer((socket) => {",
  "  console.log(`127.0.0.1:${socket.remotePort} came`);",
  '  socket.on("error", () => {}).pipe(socket);',
  "});",
  'server.on("error", () => {',
  "  console.error(`Port ${port} is taken`);",
  "  process.exitCode = 3;",
  "});",
  'server.listen(port, "127.0.0.1", () => {',
  "  console.log(`Listening on 127.0.0.1:${(server.address() as net.AddressInfo).port}`);",
  "});",
);

const client = text(
  'const socket = net.connect(port, "127.0.0.1");',
  'socket.on("connect", () => {',
  "  console.log(`127.0.0.1:${socket.localPort} asks 127.0.0.1:${port}`);",
  '  socket.end(process.argv[3] ?? "hi");',
  "});",
  'socket.on("data", (bytes) => console.log(`${bytes}`));',
  'socket.on("error", () => console.error(`Nobody on 127.0.0.1:${port}`));',
);

const course = new TempCourse({
  "examples/02-x/server.ts": header("server", "[port]") + server,
  "examples/02-x/client.ts": header("client", "[port] [text]") + client,
  "examples/02-x/deaf.ts": header("deaf", "[port]") +
    server.replace("listen(port", "listen(65432") +
    'server.unref(); console.log("Listening on 127.0.0.1:65432");',
  "examples/02-x/stubborn.ts": header("stubborn", "[port]") + server +
    'process.on("SIGINT", () => console.log("No"));',
  "examples/02-x/polite.ts": header("polite", "[port]") + server +
    'process.on("SIGINT", () => { console.log("Bye"); process.exit(); });',
  "examples/02-x/both.ts": header("both", "") +
    "for (const i of [1, 2]) { console.log(`out ${i}`); console.error(`err ${i}`); }",
  "examples/02-x/numbers.ts": header("numbers", "") +
    "console.log(`pid ${process.pid}, once more pid ${process.pid}, 12 ms, 1.25 s`);",
  "examples/02-x/alone.ts":
    "/**\n *     deno run examples/02-x/alone.ts\n *\n * @module\n */\nconsole.log(Deno.version.deno.length > 0);\n",
  "lessons/data/02-x/capture.txt": "# tcpdump -r wire.pcap\nA > B\nB > A\n",
});
afterAll(() => course[Symbol.dispose]());

const [one, two] = ["1$ node examples/02-x/server.ts", "2$ node examples/02-x/client.ts"] as const;

function transcript(lines: string[], info = ""): Transcript {
  const markdown = parseMarkdown("lessons/02-x.md", text("```console" + info, ...lines, "```"));
  return transcripts(markdown)[0]!;
}

async function check(lines: string[], place: Partial<Place> = {}): Promise<Outcome> {
  return await checkTranscript(transcript(lines), { root: course.root, runtime: here, ...place });
}

async function complaints(lines: string[], place: Partial<Place> = {}): Promise<string> {
  const { mistakes, skipped } = await check(lines, place);
  expect(skipped).toBeUndefined();
  return mistakes.map(mistakeText).join("\n");
}

const conversation = [
  one,
  "Listening on 127.0.0.1:65432",
  "127.0.0.1:50001 came",
  "127.0.0.1:50002 came",
  "",
  two,
  "127.0.0.1:50001 asks 127.0.0.1:65432",
  "hi",
  `${two} 65432 'hello  you'`,
  "127.0.0.1:50002 asks 127.0.0.1:65432",
  "hello  you",
];

/** The conversation with some text in it replaced everywhere. */
const altered = (was: string | RegExp, becomes: string) =>
  conversation.join("\n").replace(was, becomes).split("\n");

describe("checkTranscript() accepts", { timeout: 120_000 }, () => {
  test("a server and its clients, whatever ports they have", async () => {
    expect(await complaints(conversation)).toBe("");
  });

  test("a client that is refused before the server comes", async () => {
    const lines = ["$ node examples/02-x/client.ts", "Nobody on 127.0.0.1:65432"];
    expect(await complaints(lines)).toBe("");
    const refused = [two, "Nobody on 127.0.0.1:65432"];
    expect(await complaints([...refused, ...conversation])).toBe("");
  });

  test("a second server on a port that is taken, and its exit code", async () => {
    expect(
      await complaints([
        one,
        "Listening on 127.0.0.1:65432",
        "2$ node examples/02-x/server.ts",
        "Port 65432 is taken",
        "2$ echo $?",
        "3",
      ]),
    ).toBe("");
  });

  test("a server that is stopped and started again", async () => {
    const stopped = one.replace("server", "polite");
    expect(
      await complaints([
        stopped,
        "Listening on 127.0.0.1:65432",
        "127.0.0.1:50001 came",
        "^C",
        "Bye",
        two,
        "127.0.0.1:50001 asks 127.0.0.1:65432",
        "hi",
        stopped,
        "Listening on 127.0.0.1:65432",
        "127.0.0.1:50002 came",
        two,
        "127.0.0.1:50002 asks 127.0.0.1:65432",
        "hi",
      ]),
    ).toBe("");
  });

  test("two servers on two ports", async () => {
    expect(
      await complaints([
        one,
        "Listening on 127.0.0.1:65432",
        "3$ node examples/02-x/server.ts 65433",
        "Listening on 127.0.0.1:65433",
        "127.0.0.1:50001 came",
        `${two} 65433`,
        "127.0.0.1:50001 asks 127.0.0.1:65433",
        "hi",
      ]),
    ).toBe("");
  });

  test("pipelines, both outputs in their order, and a command over two lines", async () => {
    expect(await complaints(["$ printf 'a\\nb\\n' \\", "  | sort -r", "b", "a"])).toBe("");
    const lines = ["$ node examples/02-x/both.ts", "out 1", "err 1", "out 2", "err 2"];
    expect(await complaints(lines)).toBe("");
  });

  test("other process ids and times, the same id where the lesson shows the same", async () => {
    const run = "$ node examples/02-x/numbers.ts";
    expect(await complaints([run, "pid 7, once more pid 7, 1 ms, 0.5 s"])).toBe("");
    expect(await complaints([run, "pid 7, once more pid 8, 1 ms, 0.5 s"])).toContain(
      "the lesson shows pid 7 and pid 8 for one and the same",
    );
    expect(await complaints([run, "pid 7, once more pid 7, 1 ms, 2 s"])).toContain("got: ");
  });

  test("other times in a column, whose numbers have other spaces before them", async () => {
    const run = "$ printf '  9.5 ms  one\\n123.5 ms  two\\n'";
    expect(await complaints([run, " 18.1 ms  one", "  0.2 ms  two"])).toBe("");
    expect(await complaints([run, " 18.1 ms   one", "  0.2 ms  two"])).toContain("got: ");
  });
});

describe("comparePlayed() refuses", () => {
  let played: Played;
  beforeAll(async () => {
    const options = { root: course.root, runtime: here, known: true };
    played = await play(transcript(conversation).commands, options);
  }, 120_000);

  test("nothing when all is true", () => {
    expect(comparePlayed(transcript(conversation), played, "deno")).toEqual([]);
  });

  test.for<[string, string[], string]>([
    [
      "a line that differs",
      altered("\nhi", "\nho"),
      `lessons/02-x.md:9: ${two} does not print this on Deno\n  expected: ho\n  got:      hi`,
    ],
    ["a line too few", altered("\nhi", ""), "expected: (nothing more)\n  got:      hi"],
    ["a line too many", altered("\nhi", "\nhi\nho"), "expected: ho\n  got:      (nothing more)"],
    [
      "a server that printed more",
      altered("\n127.0.0.1:50002 came", ""),
      "expected: (nothing more)\n  got:      127.0.0.1:",
    ],
    [
      "one number for two clients",
      altered(/50002/g, "50001"),
      "lessons/02-x.md:5: 1$ node examples/02-x/server.ts does not print this on Deno: the lesson " +
      "shows port 50001 for two: ",
    ],
    [
      "two numbers for one client",
      altered("50002 asks", "50009 asks"),
      "the lesson shows port 50002 and port 50009 for one and the same",
    ],
    [
      "the server's port for a client's",
      altered(/50002/g, "65432"),
      "lessons/02-x.md:5: 1$ node examples/02-x/server.ts does not print this",
    ],
    [
      "a client's port for the server's",
      altered("asks 127.0.0.1:65432", "asks 127.0.0.1:50009"),
      "the lesson shows port 65432 and port 50009 for one and the same",
    ],
    [
      "another address",
      altered("on 127.0.0.1:65432", "on 127.0.0.2:65432"),
      "expected: Listening on 127.0.0.2:65432\n  got:      Listening on 127.0.0.1:65432",
    ],
  ])("%s", ([, lines, message]) => {
    const mistakes = comparePlayed(transcript(lines), played, "deno");
    expect(mistakes.map(mistakeText).join("\n")).toContain(message);
  });
});

describe("checkTranscript() refuses", { timeout: 120_000 }, () => {
  test.for<[string, string[], string]>([
    [
      "a server that printed less",
      [one, "Listening on 127.0.0.1:65432", "127.0.0.1:50003 came"],
      "lessons/02-x.md:4: 1$ node examples/02-x/server.ts does not print this on",
    ],
    [
      "a server that ignores its port",
      ["1$ node examples/02-x/deaf.ts", "Listening on 127.0.0.1:65432"],
      "It was given port 0, and says that it listens on 65432",
    ],
    [
      "an interrupt that did not happen",
      ["$ printf 'a\\n'", "a", "^C"],
      "lessons/02-x.md:4: $ printf 'a\\n' does not print this",
    ],
    ["an exit code", ["$ sh -c 'exit 4'", "$ echo $?", "0"], "expected: 0\n  got:      4"],
    ["output before the first prompt", ["hi", "$ echo hi"], "lessons/02-x.md:2: A transcript must"],
    ["two kinds of prompt", ["$ echo a", "a", "1$ echo a", "a"], "this one has both"],
    ["another kind of transcript", ["$ echo a", "a"], 'or "recorded", got "loud"'],
  ])("%s", async ([name, lines, message]) => {
    const it = transcript(lines, name.startsWith("another") ? " loud" : "");
    const place = { root: course.root, runtime: here, commandMs: 1000 };
    const { mistakes } = await checkTranscript(it, place);
    expect(mistakes.map(mistakeText).join("\n")).toContain(message);
  });

  test("a command that does not end", async () => {
    const place = { commandMs: 300 };
    expect(await complaints(["$ sleep 60"], place)).toMatch(
      /^lessons\/02-x\.md:2: \$ sleep 60 on \w+: It still ran after [\d.]+ s: show \^C/,
    );
    expect(await complaints(["1$ sleep 60", "1$ echo a", "a"], place)).toContain(
      "It did not end, and its terminal is needed: show ^C",
    );
    expect(await complaints(["1$ sleep 60", "2$ echo a", "a"], place)).toContain(
      "It printed nothing and did not end, so nothing can follow it",
    );
  });

  test("a program that SIGINT does not end, and leaves nothing of it", async () => {
    const lines = ["$ node examples/02-x/stubborn.ts", "Listening on 127.0.0.1:65432"];
    const options = { root: course.root, runtime: here, known: true, commandMs: 1000 };
    const { ports, problems } = await play(transcript(lines).commands, options);
    expect(problems[0]?.what).toMatch(/^It still ran [\d.]+ s after SIGINT$/);
    const socket = net.connect(ports.get(65432)!, "127.0.0.1");
    await expect(once(socket, "connect")).rejects.toThrow("ECONNREFUSED");
  });
});

describe("checkTranscript() skips", () => {
  test("what needs a tool that is not there, and names it", async () => {
    const { skipped, lacks } = await check(["$ echo a | nosuchtool -x"]);
    expect({ skipped, lacks }).toEqual({
      skipped: "nosuchtool is not installed",
      lacks: "nosuchtool",
    });
  });

  test("what is for Linux elsewhere, and everything on Windows", async () => {
    const place: Place = { root: course.root, runtime: here, platform: "darwin" };
    const linux = transcript(["$ echo a", "b"], " linux");
    expect((await checkTranscript(linux, place)).skipped).toBe("It is for Linux, this is darwin");
    expect((await check(["$ echo a", "b"], { platform: "win32" })).skipped).toContain("sh");
  });

  test("what is for IPv6 where there is no ::1", async () => {
    const place: Place = { root: course.root, runtime: here, ipv6: false };
    for (const words of [" ipv6", " linux ipv6"]) {
      const both = transcript(["$ echo a", "a"], words);
      expect(await checkTranscript(both, place))
        .toEqual({ mistakes: [], skipped: "This machine has no ::1" });
      expect(await checkTranscript(both, { ...place, ipv6: true })).toEqual({ mistakes: [] });
    }
  });

  test("on Node what only Deno can run", async () => {
    const alone = transcript(["$ deno run examples/02-x/alone.ts", "true"]);
    expect(runsOn(alone, course.root)).toEqual(["deno"]);
    expect(runsOn(transcript(conversation), course.root)).toEqual(["node", "deno"]);
    const outcome = await checkTranscript(alone, { root: course.root, runtime: "node" });
    expect(outcome.skipped).toBe("A program in it does not run on Node");
    if (!findRuntime("deno")) return;
    const onDeno = await checkTranscript(alone, { root: course.root, runtime: "deno" });
    expect(onDeno).toEqual({ mistakes: [] });
  });
});

describe("checkTranscript() of a recorded one", () => {
  const recorded = async (name: string, ...lines: string[]) => {
    const it = transcript(lines, ` recorded file=data/02-x/${name}`);
    const { mistakes } = await checkTranscript(it, { root: course.root, runtime: here });
    return mistakes.map(mistakeText).join("\n");
  };

  test("accepts what is stored, with the command or without", async () => {
    expect(await recorded("capture.txt", "$ tcpdump -r wire.pcap", "A > B", "B > A")).toBe("");
    expect(await recorded("capture.txt", "A > B", "B > A")).toBe("");
  });

  test("refuses what is not stored", async () => {
    expect(await recorded("capture.txt", "$ tcpdump wire.pcap", "A > B", "B > A")).toBe(
      "lessons/02-x.md:2: The transcript is not what is stored in data/02-x/capture.txt\n" +
        "  expected: $ tcpdump -r wire.pcap\n  got:      $ tcpdump wire.pcap",
    );
    expect(await recorded("capture.txt", "A > B")).toContain("expected: B > A");
    expect(await recorded("gone.txt", "A > B")).toContain("There is no file data/02-x/gone.txt");
  });
});

describe("freshTranscript()", { timeout: 120_000 }, () => {
  const fresh = async (lines: string[]) => {
    const place: Place = { root: course.root, runtime: here };
    const written = await freshTranscript(transcript(lines), place);
    return "body" in written ? written.body : [written.skipped];
  };

  test("writes the outputs below the prompts, and they are true", async () => {
    const prompts = conversation.filter((line) => line.includes("$ "));
    const body = await fresh(prompts);
    const numbers = body.join("\n").match(/(?<=:)(?!65432)\d{5}(?= came)/g)!;
    expect(body.join("\n")).toBe(
      conversation.filter((line) => line !== "").join("\n")
        .replaceAll("50001", numbers[0]!).replaceAll("50002", numbers[1]!),
    );
    expect(await complaints(body)).toBe("");
  });

  test("keeps the numbers of the lines that are still true", async () => {
    expect(await fresh(altered("\nhi", "\nho"))).toEqual(conversation);
  });

  test("keeps where a program was interrupted", async () => {
    expect(await fresh(["$ node examples/02-x/polite.ts", "^C"])).toEqual([
      "$ node examples/02-x/polite.ts",
      "Listening on 127.0.0.1:65432",
      "^C",
      "Bye",
    ]);
  });
});
