/** @module */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exists, lessons, root } from "../disk.ts";
import { call } from "../runtimes.ts";
import { cutStub } from "../stub.ts";
import { Misunderstanding } from "../words.ts";

export const usage = "new 14-reliability 1-checksum [program]";
export const summary = "writes all files of a new exercise, and of its lesson if that is new";

/** Writes what is not there yet; overwrites nothing. */
export function run(words: string[]): Promise<number> {
  const [lesson = "", name = "", kind = "module"] = words;
  if (!/^\d\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(lesson) || !/^\d-[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    throw new Misunderstanding(
      `Wanted a lesson like 14-reliability and an exercise like 1-checksum, got "${lesson}" "${name}"`,
    );
  }
  const twin = lessons().find((it) => it.number === lesson.slice(0, 2) && it.slug !== lesson);
  if (twin) throw new Misunderstanding(`Lesson ${twin.number} is ${twin.slug} already`);
  const files = kind === "program" ? programFiles(lesson, name) : moduleFiles(lesson, name);
  for (const [file, text] of Object.entries({ ...files, ...common(lesson, name) })) {
    const path = join(root, file);
    if (existsSync(path)) console.log(`kept     ${file}`);
    else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      console.log(`written  ${file}`);
    }
  }
  const stub = `exercises/${lesson}/${name}.ts`;
  if (!exists(stub)) {
    mkdirSync(dirname(join(root, stub)), { recursive: true });
    writeFileSync(join(root, stub), cutStub(files[`solutions/${lesson}/${name}.ts`]!));
    console.log(`written  ${stub}`);
  }
  console.log(`\nCONTRIBUTING.md says what comes next. What is missing: ${call} verify`);
  return Promise.resolve(0);
}

function moduleFiles(lesson: string, name: string): Record<string, string> {
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
import { Calls } from "#support/module.ts";

test("${symbol}() returns what it was given", async () => {
  const calls = new Calls();
  await calls.returns("${symbol}()", () => ${symbol}(everyByte), everyByte);
});
`,
    ...answerFiles(key, (what) => `${body}  ${what}\n}\n`),
  };
}

function answerFiles(key: string, write: (what: string) => string): Record<string, string> {
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

function programFiles(lesson: string, name: string): Record<string, string> {
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

function common(lesson: string, name: string): Record<string, string> {
  const number = Number(lesson.slice(0, 2));
  const id = `${lesson.slice(0, 2)}/${name[0]}`;
  return {
    [`solutions/${lesson}/${name}.hints.md`]: `# Hints for ${name.slice(2)}

## otherwise

1. Ask what the learner has to look at.
2. Say the idea, and [where the lesson tells it](../../lessons/${lesson}.md#exercises).
3. Give the outline of the code.
`,
    [`lessons/${lesson}.md`]: `# ${number}. Say it in a few words

20 minutes.

## Exercises

### Exercise ${name[0]}: ${name.slice(2).replaceAll("-", " ")}

[${name}.ts](../exercises/${lesson}/${name}.ts)

\`\`\`text
npm run course check ${id}
\`\`\`
`,
  };
}

function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_all, letter: string) => letter.toUpperCase());
}
