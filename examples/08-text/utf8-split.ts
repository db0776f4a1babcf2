/**
 * A character that is cut in two: four ways to make text of the two chunks.
 *
 * Lesson 8.
 *
 *     node examples/08-text/utf8-split.ts
 *     deno run examples/08-text/utf8-split.ts
 *
 * @module
 */
import { Buffer } from "node:buffer";

// The euro sign is three bytes in UTF-8. TCP has put two of them into the first chunk.
const chunks = [Buffer.from("3320e282", "hex"), Buffer.from("ac0a", "hex")];

// #region each
const ofEach = () => chunks.map((chunk) => chunk.toString()).join("");

const fatal = { fatal: true };
const ofEachFatal = () => chunks.map((it) => new TextDecoder("utf-8", fatal).decode(it)).join("");
// #endregion

// #region stream
const ofOneStream = () => {
  const decoder = new TextDecoder("utf-8", fatal);
  const texts = chunks.map((chunk) => decoder.decode(chunk, { stream: true }));
  return texts.join("") + decoder.decode(); // the end: a character that is not complete is an error
};
// #endregion

// #region split
const ofTheLine = () => {
  const bytes = Buffer.concat(chunks);
  const line = bytes.subarray(0, bytes.indexOf(0x0a));
  return new TextDecoder("utf-8", fatal).decode(line);
};
// #endregion

for (
  const [what, decode] of Object.entries({
    "toString() of each chunk": ofEach,
    "a fatal TextDecoder for each chunk": ofEachFatal,
    "one TextDecoder, with stream: true": ofOneStream,
    "joined, split, then decoded": ofTheLine,
  })
) {
  let text: string;
  try {
    text = JSON.stringify(decode()).replaceAll("\ufffd", "\\ufffd");
  } catch (error) {
    text = (error as Error).name;
  }
  console.log(`${what.padEnd(35)} ${text}`);
}
