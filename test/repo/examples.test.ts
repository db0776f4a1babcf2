import { describe, expect, test } from "vitest";
import { names, read } from "../../course/disk.ts";
import { checkExample } from "../../course/rules/example-rules.ts";
import { mistakeText, refuse } from "../../course/lessons/mistakes.ts";
import { text } from "./temp-course.ts";

const files = names("examples").flatMap((lesson) =>
  names(`examples/${lesson}`).map((name) => `examples/${lesson}/${name}`)
);

test.each(files)("%s is written as an example", (file) => {
  refuse(checkExample(file, read(file)));
});

const right = text(
  "/**",
  " * A server: it serves.",
  " *",
  " * Lesson 2.",
  " *",
  " *     node examples/02-x/server.ts [port]",
  " *     deno run --allow-net=127.0.0.1 --allow-ffi examples/02-x/server.ts [port]",
  " *",
  " * @module",
  " */",
  'import { type AddressInfo, createServer } from "node:net";',
  "import {",
  "  socket,",
  '} from "#berkeley/socket.ts";',
  "",
  "// #region serve",
  "createServer().listen();",
  "// #endregion",
);

/** What the gate says of an example. */
function complaints(source: string, file = "examples/02-x/server.ts"): string {
  return checkExample(file, source).map(mistakeText).join("\n");
}

describe("checkExample()", () => {
  test("accepts an example that is as it must be", () => {
    expect(complaints(right)).toBe("");
  });

  test("accepts one run line in a file that is named after its runtime", () => {
    for (
      const [runner, name] of [["node", "server-deno.ts"], ["deno", "server-node.ts"]] as const
    ) {
      const source = right.replaceAll("server.ts", name).split("\n")
        .filter((line) => !line.startsWith(` *     ${runner}`)).join("\n");
      expect(complaints(source, `examples/02-x/${name}`)).toBe("");
    }
  });

  test.for<[string, string, string, string]>([
    ["no header", "/**", "/*", "examples/02-x/server.ts:1: An example opens with a comment"],
    ["no sentence", " * A server: it serves.\n *\n", "", "expected: a sentence"],
    ["another lesson", "Lesson 2.", "Lesson 3.", "expected: Lesson 2."],
    ["no @module", " * @module\n", "", "expected: @module"],
    [
      "no run line for Node",
      "node examples",
      "run examples",
      "expected: node examples/02-x/server.ts",
    ],
    ["no run line for Deno", "deno run", "deno", "expected: deno run examples/02-x/server.ts"],
    [
      "the run line of another file",
      "node examples/02-x/server.ts",
      "node examples/02-x/client.ts",
      "A run line names the file that it stands in\n" +
      "  expected: examples/02-x/server.ts\n  got:      examples/02-x/client.ts",
    ],
    ["all permissions", "--allow-ffi", "-A", "got:      -A"],
    ["all permissions by name", "--allow-ffi", "--allow-all", "got:      --allow-all"],
    ["any network", "--allow-net=127.0.0.1", "--allow-net", "expected: --allow-net=...\n"],
    [
      "an import of ours",
      "#berkeley/",
      "../../course/",
      ":12: An example imports nothing but",
    ],
    ["an import of a neighbour", "#berkeley/socket.ts", "./other.ts", "got:      ./other.ts"],
    ["an import of a package", '"node:net"', '"npm:koffi"', ":11: An example imports nothing but"],
    ["an import for its effects", "// #region", 'import "koffi";\n// #region', "got:      koffi"],
    ["a dynamic import", "createServer()", 'await import("koffi")', "got:      koffi"],
    ["an export from elsewhere", "// #region", 'export * from "./x.ts";\n//', "got:      ./x.ts"],
    [
      "a long line",
      "// #region",
      `// ${"x".repeat(98)}\n// #region`,
      "examples/02-x/server.ts:16: A line is too long\n" +
      "  expected: at most 100 columns\n  got:      101 columns: // xx",
    ],
    ["a region without end", "// #endregion", "//", ':16: The region "serve" has no end'],
  ])("refuses an example with %s", ([, was, becomes, message]) => {
    expect(right).toContain(was);
    expect(complaints(right.replace(was, becomes))).toContain(message);
  });
});
