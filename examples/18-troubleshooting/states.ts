/**
 * How many sockets this machine has on a port, by their states, from the rows of Linux's own table.
 *
 * Lesson 18. The shell reads the table: of all that is in /proc, Deno lets programs read it only
 * that are allowed everything.
 *
 *     node examples/18-troubleshooting/states.ts [port] < /proc/net/tcp
 *     deno run examples/18-troubleshooting/states.ts [port] < /proc/net/tcp
 *
 * @module
 */
import process from "node:process";
import { text } from "node:stream/consumers";

const port = Number(process.argv[2] ?? 65432);
const names = ["", "ESTABLISHED", "SYN-SENT", "SYN-RECEIVED", "FIN-WAIT-1", "FIN-WAIT-2"];
names.push("TIME-WAIT", "CLOSED", "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING");

// #region count
const counts = new Map<string, number>();
for (const row of (await text(process.stdin)).trimEnd().split("\n").slice(1)) {
  const [, local = "", , state = ""] = row.trim().split(/\s+/);
  if (parseInt(local.slice(-4), 16) !== port) continue;
  const name = names[parseInt(state, 16)] ?? state;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
// #endregion
for (const [name, count] of [...counts].sort()) console.log(`${name} ${count}`);
