/**
 * Makes a call that fails many times, while memory is allocated and collected, and counts the errors.
 *
 *     node test/repo/berkeley/errno.ts [times=1000000]
 *     deno run -A test/repo/berkeley/errno.ts [times=1000000]
 *
 * @module
 */
import process from "node:process";
import { OSError } from "#berkeley/errors.ts";
import { socketpair } from "#berkeley/socket.ts";

const times = Number(process.argv[2] ?? 1_000_000);
const [empty] = socketpair();
empty.setblocking(false);
const counts = new Map<string, number>();
let garbage: unknown[] = [];

for (let i = 0; i < times; i++) {
  try {
    empty.recv(100);
  } catch (error) {
    const code = error instanceof OSError ? error.code! : String(error);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  garbage.push({ i, pair: [i, i] });
  if (i % 1000 === 0) garbage.push(new Uint8Array(1 << 20));
  if (i % 50 === 0) garbage.push(Array.from({ length: 1000 }, String));
  if (garbage.length > 20_000) garbage = [];
}
for (const [code, count] of counts) console.log(`${count} times ${code}`);
