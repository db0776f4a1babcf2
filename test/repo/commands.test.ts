import { afterAll, describe, expect, test } from "vitest";
import {
  givenPorts,
  servedPort,
  spellOut,
  toolsOf,
  tooWide,
} from "../../course/lessons/commands.ts";
import { TempCourse } from "./temp-course.ts";

const lines = (file: string, args: string) =>
  `/**\n *     node ${file} ${args}\n *     deno run --allow-net=127.0.0.1 ${file} ${args}\n */\n`;

const [server, client] = ["examples/02-x/server.ts", "examples/02-x/client.ts"] as const;
const peer = "test/peers/peer.py";
const course = new TempCourse({
  [server]: `${lines(server, "[port]")}console.log("Listening on ...");`,
  [client]: lines(client, "[host] [port]  the port, then the text"),
  [peer]: `"""A peer.\n\n    python3 ${peer} [port] [--size BYTES]      default 65432\n"""\n`,
});
const { root } = course;
afterAll(() => course[Symbol.dispose]());

describe("spellOut()", () => {
  test.for<[string, string]>([
    [`node ${server}`, `node ${server} 65432`],
    [`node ${server} 7000`, `node ${server} 7000`],
    [`node ${server} # the first`, `node ${server} 65432 # the first`],
    [`node ${server} & node ${server} 7000`, `node ${server} 65432 & node ${server} 7000`],
    [`node ${client} 127.0.0.1`, `node ${client} 127.0.0.1 65432`],
    [`node ${client}`, `node ${client}`],
    [`python3 ${peer} --size 4 | sort`, `python3 ${peer} 65432 --size 4 | sort`],
    [`python3 ${peer} --size 4 65432`, `python3 ${peer} --size 4 65432`],
    ["nc 127.0.0.1 65432", "nc 127.0.0.1 65432"],
    ["node examples/02-x/gone.ts", "node examples/02-x/gone.ts"],
  ])("makes of %s %s", ([command, spelled]) => {
    expect(spellOut(command, "node", root)).toBe(spelled);
  });

  test("puts Deno with the header's permissions in place of Node", () => {
    expect(spellOut(`echo a | node ${client} ::1 1 2>&1`, "deno", root))
      .toBe(`echo a | deno run --allow-net=127.0.0.1 ${client} ::1 1 2>&1`);
    for (const command of ["node --version", `node --trace-exit ${client}`, "node gone/x.ts"]) {
      expect(spellOut(command, "deno", root)).toBe(command);
    }
  });
});

describe("servedPort() and givenPorts()", () => {
  test("know the port of a server and those of other programs", () => {
    expect(servedPort(`deno run --allow-net=127.0.0.1 ${server} 7000`, root)).toBe(7000);
    expect(servedPort(`node ${server} 0`, root)).toBe(0);
    expect(servedPort(`node ${client} ::1 7000`, root)).toBeUndefined();
    expect(givenPorts(`node ${client} ::1 7000 | node ${server} 0`, root)).toEqual([7000]);
  });
});

describe("toolsOf()", () => {
  test("finds the first word of every part", () => {
    expect(toolsOf("A=1 node x.ts 2>&1 | (sort -u; wc) && echo 'a | b' >c")).toEqual([
      "node",
      "sort",
      "wc",
      "echo",
    ]);
  });
});

describe("tooWide()", () => {
  test("names a permission that the header does not give", () => {
    expect(tooWide(`deno run --allow-net=127.0.0.1 ${server}`, root)).toBeUndefined();
    expect(tooWide(`deno run ${server}`, root)).toBeUndefined();
    expect(tooWide(`deno run --allow-net ${server}`, root)).toBe("--allow-net");
    expect(tooWide(`deno run -A ${server}`, root)).toBe("-A");
  });
});
