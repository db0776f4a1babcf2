/** @module */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exists, read, root } from "../disk.ts";
import { stubOf } from "../answers/stub.ts";
import { chooseExercise } from "../learner/words.ts";

export const usage = "reset [02/1]";
export const summary = "gives you the stub back; what you had is kept in .course/kept";

/** Writes the stub, after a copy of what was there. */
export function run(words: string[]): Promise<number> {
  const { key } = chooseExercise(words);
  const file = `exercises/${key}.ts`;
  const stub = stubOf(key);
  if (exists(file) && read(file) !== stub) console.log(`Yours is kept: ${keep(key)}`);
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), stub);
  console.log(`${file} is the stub again.`);
  return Promise.resolve(0);
}

/** Copies an exercise to where nothing overwrites it; returns the path of the copy. */
export function keep(key: string): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const copy = `.course/kept/${key}-${time}.ts`;
  mkdirSync(dirname(join(root, copy)), { recursive: true });
  copyFileSync(join(root, `exercises/${key}.ts`), join(root, copy));
  return copy;
}
