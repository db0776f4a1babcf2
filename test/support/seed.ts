/**
 * Random inputs that can be had again: a verdict names the seed, `course check 08/1 seed=7` takes it.
 *
 * @module
 */
import process from "node:process";

/** The seed that was asked for, or a fresh one. */
export function chooseSeed(): number {
  const { COURSE_SEED } = process.env;
  return COURSE_SEED === undefined ? Date.now() % 0x7fffffff : Number(COURSE_SEED);
}

/** What a verdict says beside its sentence. */
export function seedNote(seed: number): string {
  return `(again with the words: check seed=${seed})`;
}
