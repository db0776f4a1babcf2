/**
 * Dumps that have a fault, and what is said of a correction: not what would be right, but what the
 * dump says with it.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../course/disk.ts";
import { Calls } from "./calls.ts";
import { difference, show } from "./compare.ts";
import { characters, fromHex, hex } from "./hex.ts";
import { Verdict } from "./verdict.ts";

/** What is to be written over a dump. */
interface Correction {
  offset: number;
  bytes: Iterable<number>;
}

/** A dump, as it ought to be and as people read it. */
export interface Dump {
  /** the bytes that its program meant to send */
  meant: Uint8Array;
  /** what bytes like these say, `28 bytes follow` */
  says: (bytes: Uint8Array) => string;
  /** what it is about, for the verdict: `spaces count as well` */
  because: string;
}

/** The dumps in a file: the name of each in a line of its own, and below it its rows. */
export function storedDumps(file: string): Record<string, Uint8Array> {
  const text = readFileSync(join(root, file), "utf8").trimEnd();
  return Object.fromEntries(
    text.split("\n\n").map((block) => {
      const [name, ...rows] = block.split("\n");
      return [name!, fromHex(rows.map((row) => row.slice(6, 53)).join(""))];
    }),
  );
}

/**
 * Takes a correction and looks whether the dump is right with it.
 *
 * @param name Of the function that says what is wrong
 * @param sent The dump with its fault
 * @throws {Verdict} When it is not, with what the dump says now
 */
export async function checkCorrection(
  name: string,
  correct: () => Correction | Promise<Correction>,
  sent: Uint8Array,
  { meant, says, because }: Dump,
): Promise<void> {
  const calls = new Calls();
  const { story } = calls;
  for (let at = 0; at < sent.length; at += 16) {
    story.tell(`from byte ${at}: ${hex(sent.subarray(at, at + 16))}`);
  }
  const refuse = (sentence: string, picture?: string[]) =>
    new Verdict("wrong-value", `${name}() ${sentence}`, { story, ...picture ? { picture } : {} });
  const answer = await calls.gives(`${name}()`, correct, {});
  const { offset } = answer;
  const bytes = Array.from(answer.bytes ?? []);
  const fits = Number.isInteger(offset) && offset >= 0 && offset + bytes.length <= sent.length;
  if (!fits || bytes.length === 0 || !bytes.every(isByte)) {
    const wanted = `bytes and a place for them in the dump, which has ${sent.length}`;
    throw refuse(`gave ${show(answer)}, wanted ${wanted}`);
  }
  const now = Uint8Array.from(sent);
  now.set(bytes, offset);
  if (!difference(meant, now)) return;
  const what = `${hex(Uint8Array.from(bytes.slice(0, 8)))} at offset ${offset}`;
  const picture = draw(now, offset);
  if (!difference(sent, now)) throw refuse(`puts ${what}, where it stands already`, picture);
  throw refuse(`puts ${what}, and now the dump says: ${says(now)} (${because})`, picture);
}

function isByte(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 255;
}

function draw(bytes: Uint8Array, at: number): string[] {
  const from = Math.max(0, at - 6);
  const row = bytes.subarray(from, from + 16);
  return [
    `now  ${hex(row)}`,
    `     ${characters(row)}`,
    `     ${"   ".repeat(at - from)}^ offset ${at}`,
  ].map((line) => line.trimEnd());
}
