/**
 * How many sockets this machine has on a port, by their states: Linux's own table, by IPv4.
 *
 * Lesson 18.
 *
 *     node examples/18-troubleshooting/states.ts [port]
 *     deno run --allow-read=/proc/net/tcp examples/18-troubleshooting/states.ts [port]
 *
 * @module
 */
import { readFileSync } from "node:fs";
import process from "node:process";

const port = Number(process.argv[2] ?? 65432);
const names = ["", "ESTABLISHED", "SYN-SENT", "SYN-RECEIVED", "FIN-WAIT-1", "FIN-WAIT-2"];
names.push("TIME-WAIT", "CLOSED", "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING");

// #region count
const counts = new Map<string, number>();
for (const row of readFileSync("/proc/net/tcp", "utf8").trimEnd().split("\n").slice(1)) {
  const [, local = "", , state = ""] = row.trim().split(/\s+/);
  if (parseInt(local.slice(-4), 16) !== port) continue;
  const name = names[parseInt(state, 16)] ?? state;
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
// #endregion
for (const [name, count] of [...counts].sort()) console.log(`${name} ${count}`);
