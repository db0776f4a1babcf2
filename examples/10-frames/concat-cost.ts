/**
 * What it costs to join all that has come again with every chunk, beside a list of the chunks.
 *
 * Lesson 10. One message comes in chunks of 1024 bytes; the argument is its size in mebibytes. With
 * the word `tsv` the sizes up to that one are measured, best of three, one row each.
 *
 *     node examples/10-frames/concat-cost.ts [mebibytes] [tsv]
 *     deno run examples/10-frames/concat-cost.ts [mebibytes] [tsv]
 *
 * @module
 */
import process from "node:process";

const mebibytes = Number(process.argv[2] ?? 2);
const chunk = Buffer.alloc(1024, "x");

// #region concat
/** Joins what it has with what comes: every byte is copied again by each chunk behind it. */
function byConcat(count: number): Buffer {
  let all: Buffer = Buffer.alloc(0);
  for (let k = 0; k < count; k++) all = Buffer.concat([all, chunk]);
  return all;
}
// #endregion

// #region list
/** Keeps the chunks in a list, and joins them when the last one has come: one copy of each byte. */
function byList(count: number): Buffer {
  const chunks: Buffer[] = [];
  for (let k = 0; k < count; k++) chunks.push(chunk);
  return Buffer.concat(chunks);
}
// #endregion

function timeMs(collect: (count: number) => Buffer, mebibytes: number): number {
  const count = mebibytes * 1024;
  const begun = process.cpuUsage();
  if (collect(count).length !== count * chunk.length) throw new Error("Bytes are missing");
  // The processor's time: what others do on the machine meanwhile is not in it.
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}

function bestOfThreeMs(collect: (count: number) => Buffer, mebibytes: number): number {
  return Math.min(...[1, 2, 3].map(() => timeMs(collect, mebibytes)));
}

if (process.argv[3] === "tsv") {
  const runtime = "Deno" in globalThis ? "Deno" : "Node";
  for (const size of [0.25, 0.5, 1, 1.5, 2, 3, 4, 6, 8].filter((it) => it <= mebibytes)) {
    const [concat, list] = [byConcat, byList].map((way) => bestOfThreeMs(way, size).toFixed(2));
    console.log([runtime, size, concat, list].join("\t"));
  }
} else {
  console.log(`${mebibytes} MiB in chunks of ${chunk.length} bytes`);
  console.log(`Buffer.concat() with each: ${timeMs(byConcat, mebibytes).toFixed(1)} ms`);
  console.log(`a list, joined at the end: ${timeMs(byList, mebibytes).toFixed(1)} ms`);
}
