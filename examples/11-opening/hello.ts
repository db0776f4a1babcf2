/**
 * Say in a sentence what it shows.
 *
 * Lesson 11.
 *
 *     node examples/11-opening/hello.ts
 *     deno run examples/11-opening/hello.ts
 *
 * @module
 */

// #region hello
console.log("Say what it shows");
// #endregion
