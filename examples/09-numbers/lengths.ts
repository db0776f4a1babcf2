/**
 * How long a text is: in characters as people count, in JavaScript's, in bytes.
 *
 * Lesson 9.
 *
 *     node examples/09-numbers/lengths.ts
 *     deno run examples/09-numbers/lengths.ts
 *
 * @module
 */
const columns = (...words: unknown[]) =>
  console.log(words.map((word, i) => String(word).padEnd(i < 2 ? 10 : 7)).join("").trimEnd());

columns("", ".length", "bytes");
// #region lengths
for (const text of ["Hello", "naïve", "€", "👋"]) {
  const bytes = new TextEncoder().encode(text);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  columns(JSON.stringify(text), text.length, bytes.length, hex);
}
// #endregion
