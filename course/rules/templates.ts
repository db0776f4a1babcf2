/**
 * The files that a new exercise and a new lesson begin with: they pass every check of the course but
 * the one that counts answers.
 *
 * @module
 */

/** Texts of files by their paths from the root. */
export type Files = Record<string, string>;

/** An exercise whose tests import it. */
export function moduleFiles(lesson: string, name: string): Files {
  const symbol = camel(name.slice(2));
  const key = `${lesson}/${name}`;
  const body = `import { setImmediate } from "node:timers/promises";

/**
 * Say in a sentence what it does.
 *
 * @param bytes Say what, in which unit
 * @returns Say what
 * @throws {Error} Say when
 */
export async function ${symbol}(bytes: Uint8Array): Promise<Uint8Array> {
`;
  const header = `/**
 * Say in a sentence what this exercise is about.
 *
 * @module
 */
`;
  return {
    [`solutions/${key}.ts`]: `${header}${body}  // #region todo Say what is to be written
  await setImmediate();
  return bytes;
  // #endregion
}
`,
    [`test/${key}.test.ts`]: `import { test } from "vitest";
import { ${symbol} } from "#exercises/${key}.ts";
import { everyByte } from "#support/bytes.ts";
import { Calls } from "#support/calls.ts";

test("${symbol}() returns what it was given", async () => {
  const calls = new Calls();
  await calls.returns("${symbol}()", () => ${symbol}(everyByte), everyByte);
});
`,
    ...answerFiles(key, (what) => `${body}  ${what}\n}\n`),
  };
}

function answerFiles(key: string, write: (what: string) => string): Files {
  return {
    [`test/answers/${key}/wrong-own-nothing.ts`]: `/**
 * Wrong, own: say what the learner believes.
 *
 * Says: "0 of 256 bytes"
 *
 * @module
 */
${write("await setImmediate();\n  return bytes.subarray(0, 0);")}`,
    [`test/answers/${key}/right-copy.ts`]: `/**
 * Right: say how it differs from the solution.
 *
 * Refused by a test that says which over-strict test would refuse it.
 *
 * @module
 */
${write("await setImmediate();\n  return Uint8Array.from(bytes);")}`,
  };
}

/** An exercise that is a server, started by its tests. */
export function programFiles(lesson: string, name: string): Files {
  const key = `${lesson}/${name}`;
  const file = `exercises/${key}.ts`;
  const head = `import net from "node:net";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);

`;
  const server = (what: string) =>
    `const server = net.createServer((socket) => {
  ${what}
  socket.on("error", () => {});
});
server.listen(port, "127.0.0.1", () => {
  const { port } = server.address() as net.AddressInfo;
  console.log(\`Listening on 127.0.0.1:\${port}\`);
});
`;
  return {
    [`solutions/${key}.ts`]: `/**
 * Say in a sentence what this service does.
 *
 *     node ${file} [port]
 *     deno run --allow-net=127.0.0.1 ${file} [port]
 *
 * - Say what it promises.
 *
 * @module
 */
${head}// #region todo Say what is to be written
${server('socket.end("Hello\\n");')}// #endregion
`,
    [`test/${key}.test.ts`]: `import { test } from "vitest";
import { programExercise } from "#support/exercise.ts";

const { running } = programExercise(import.meta.url);

test("server says hello and ends", async () => {
  const server = await running();
  await using ada = await server.connect("Ada");
  await ada.receive("Hello\\n");
  await ada.receiveEnd();
});
`,
    [`test/answers/${key}/wrong-own-silent.ts`]: `/**
 * Wrong, own: say what the learner believes.
 *
 * Says: "It ended (FIN) after 0 of 6 bytes"
 *
 * @module
 */
${head}${server("socket.end();")}`,
    [`test/answers/${key}/right-two-writes.ts`]: `/**
 * Right: say how it differs from the solution.
 *
 * Refused by a test that wants the reply in one chunk.
 *
 * @module
 */
${head}${server('socket.write("Hello");\n  socket.end("\\n");')}`,
  };
}

/** The hints on an exercise. */
export function hintFiles(lesson: string, name: string): Files {
  return {
    [`solutions/${lesson}/${name}.hints.md`]: `# Hints for ${name.slice(2)}

## otherwise

1. What does the learner have to look at?
2. Say the idea, and [where the lesson tells it](../../lessons/${lesson}.md#exercises).
3. Give the outline of the code.

## not-written

1. With what does one begin?
2. Name the parts, and [where the lesson tells of them](../../lessons/${lesson}.md#exercises).
3. Give the first of them.
`,
  };
}

/** A lesson with an example. */
export function lessonFiles(lesson: string, name: string): Files {
  const number = lesson.slice(0, 2);
  const example = `examples/${lesson}/hello.ts`;
  const region = 'console.log("Say what it shows");';
  return {
    [example]: `/**
 * Say in a sentence what it shows.
 *
 * Lesson ${Number(number)}.
 *
 *     node ${example}
 *     deno run ${example}
 *
 * @module
 */

// #region hello
${region}
// #endregion
`,
    [`lessons/${lesson}.md`]: `# ${Number(number)}. Say it in a few words

About 20 minutes, and one exercise.

\`\`\`console
$ node ${example}
Say what it shows
\`\`\`

## What happened

\`\`\`ts file=../${example}#hello
${region}
\`\`\`

## Exercises

### Exercise ${name[0]}: ${name.slice(2).replaceAll("-", " ")}

[exercises/${lesson}/${name}.ts](../exercises/${lesson}/${name}.ts) is a ...

Check it with \`npm run course check ${number}/${name[0]}\`, or with Deno alone
\`deno task course check ${number}/${name[0]}\`.
`,
  };
}

function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
}
