/**
 * Asks for three prices, in one of three ways: one by one, all together, or cut at odd places.
 *
 * Lesson 7. It says the same fifteen bytes each time, and waits a second for what is missing.
 *
 *     node examples/07-stream/ask-prices.ts [port] [way]       one-by-one, together or cut
 *     deno run --allow-net=127.0.0.1 examples/07-stream/ask-prices.ts [port] [way]
 *
 * @module
 */
import { once } from "node:events";
import { connect } from "node:net";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

const [port = "65432", way = "one-by-one"] = process.argv.slice(2);

// #region ways
const ways: Record<string, string[]> = {
  "one-by-one": ["bread", "salt ", "tea  "],
  "together": ["breadsalt tea  "],
  "cut": ["bre", "adsal", "t tea", "  "],
};
// #endregion

const socket = connect(Number(port), "127.0.0.1");
let answers = "";
let heard = Promise.withResolvers<void>();
socket.on("data", (chunk) => {
  answers += chunk.toString("latin1");
  heard.resolve();
});
await once(socket, "connect");

for (const piece of ways[way] ?? []) {
  heard = Promise.withResolvers();
  socket.write(piece);
  await Promise.race([heard.promise, setTimeout(1000)]);
}

while (answers.length < 15) {
  heard = Promise.withResolvers();
  if (await Promise.race([heard.promise, setTimeout(1000, "late")]) === "late") break;
}
socket.end();
console.log(`${way}: asked for 3 prices, got ${answers.match(/.{1,5}/g)?.join(" ")}`);
