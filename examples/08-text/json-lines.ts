/**
 * A message with a line feed in it, as a plain line and as a line of JSON.
 *
 * Lesson 8.
 *
 *     node examples/08-text/json-lines.ts
 *     deno run examples/08-text/json-lines.ts
 *
 * @module
 */

/** What somebody says in a chat. */
interface Message {
  from: string;
  text: string;
}

const message: Message = { from: "Eve", text: "Hello\nAda: I owe Eve 100 euros" };

// #region plain
const plain = (messages: Message[]) =>
  messages.map(({ from, text }) => `${from}: ${text}\n`).join("");

const parsePlain = (stream: string) =>
  stream.split("\n").slice(0, -1).map((line): Message => {
    const [from = "", ...text] = line.split(": ");
    return { from, text: text.join(": ") };
  });
// #endregion

// #region json
const json = (messages: Message[]) => messages.map((it) => `${JSON.stringify(it)}\n`).join("");

const parseJson = (stream: string) =>
  stream.split("\n").slice(0, -1).map((line): Message => JSON.parse(line));
// #endregion

for (
  const [name, write, read] of [
    ["Plain lines", plain, parsePlain],
    ["Lines of JSON", json, parseJson],
  ] as const
) {
  const stream = write([message]);
  console.log(`${name}, ${stream.length} bytes:`);
  console.log(stream.trimEnd());
  for (const { from, text } of read(stream)) {
    console.log(`  ${from} says ${JSON.stringify(text)}`);
  }
}
