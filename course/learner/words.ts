/**
 * Understands what a learner types after a verb.
 *
 * @module
 */
import { type Exercise, exercises } from "../disk.ts";
import { Misunderstanding } from "../misunderstanding.ts";
import { loadProgress } from "./progress.ts";
import { findRuntime, here, type Runtime, type RuntimeName } from "../runtimes.ts";

/**
 * The exercises that words name: `02/1`, `02` (a lesson), `all`; the one at hand when none is named.
 *
 * @throws {Misunderstanding} When there is no such exercise; it lists the nearest
 */
export function chooseExercises(words: string[]): Exercise[] {
  const all = exercises();
  if (all.length === 0) throw new Misunderstanding("The course has no exercises yet");
  const wanted = words.filter((word) => !isOption(word));
  if (wanted.includes("all")) return all;
  if (wanted.length === 0) return all.filter((it) => it.key === (current(all)?.key ?? ""));
  return wanted.flatMap((word) => {
    const plain = word.replace(/^(exercises|solutions|test)\//, "").replace(/(\.test)?\.ts$/, "");
    const found = all.filter((it) =>
      [it.id, it.key, it.lesson, it.lesson.slice(0, 2), it.name].includes(plain) ||
      it.id.replace(/^0/, "") === plain
    );
    if (found.length > 0) return found;
    const near = nearest(plain, all, (it) => [it.id, it.id.replace(/^0/, ""), it.name]);
    const list = near.map((it) => `${it.id} ${it.name}`).join(", ");
    throw new Misunderstanding(`There is no exercise "${word}". The nearest: ${list}`);
  });
}

/** Exactly one exercise, see {@link chooseExercises}. */
export function chooseExercise(words: string[]): Exercise {
  const found = chooseExercises(words);
  if (found.length === 1) return found[0]!;
  const list = found.map((it) => `${it.id} ${it.name}`).join(", ");
  throw new Misunderstanding(`Name one exercise, out of: ${list}`);
}

/** The exercise at hand: the last one touched, otherwise the first that is not solved. */
export function current(all: Exercise[] = exercises()): Exercise | undefined {
  const progress = loadProgress();
  return all.find((it) => it.key === progress.current) ??
    all.find((it) => !progress.exercises[it.key]?.solved) ?? all[0];
}

/** The next exercise that is not solved, from one on; undefined when all are. */
export function nextUnsolved({ key }: Exercise): Exercise | undefined {
  const all = exercises();
  const { exercises: traces } = loadProgress();
  const at = all.findIndex((it) => it.key === key);
  return [...all.slice(at), ...all.slice(0, at)].find((it) => !traces[it.key]?.solved);
}

/**
 * The runtimes that words name: `node`, `deno`, `both`; the one that runs the course when none is named.
 *
 * @throws {Misunderstanding} When a named one is not on this machine
 */
export function chooseRuntimes(words: string[]): Runtime[] {
  const named: RuntimeName[] = words.includes("both")
    ? ["node", "deno"]
    : words.filter((word) => word === "node" || word === "deno");
  return (named.length > 0 ? named : [here]).map((name) => {
    const runtime = findRuntime(name);
    if (runtime) return runtime;
    const wayOut = name === "deno"
      ? "Get it from https://deno.com, or type: npm ci"
      : "Get Node 24 or newer from https://nodejs.org";
    throw new Misunderstanding(`${name === "deno" ? "Deno" : "Node"} was not found. ${wayOut}`);
  });
}

/**
 * The few items whose names are most like a word, by the pairs of letters that they share.
 *
 * @param namesOf All names of an item
 */
export function nearest<T>(word: string, items: T[], namesOf: (item: T) => string[]): T[] {
  const score = (item: T) => Math.max(...namesOf(item).map((name) => likeness(word, name)));
  return items.map((item) => ({ item, score: score(item) }))
    .sort((a, b) => b.score - a.score).slice(0, 5).map(({ item }) => item);
}

// Dice's coefficient.
function likeness(a: string, b: string): number {
  const [one, other] = [pairs(a), pairs(b)];
  return 2 * one.intersection(other).size / (one.size + other.size);
}

function pairs(word: string): Set<string> {
  const padded = ` ${word.toLowerCase()} `;
  return new Set(Array.from({ length: padded.length - 1 }, (_, i) => padded.slice(i, i + 2)));
}

function isOption(word: string): boolean {
  return ["node", "deno", "both", "json"].includes(word) || word.startsWith("seed=");
}
