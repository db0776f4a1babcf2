/**
 * Finds the verb that was typed.
 *
 * @module
 */
import { names } from "./disk.ts";
import { Misunderstanding } from "./misunderstanding.ts";

/** What a verb's file exports besides its `run`. */
export interface Verb {
  /** how it is typed, `check [02 | 02/1 | all] [node | deno | both] [json]` */
  usage: string;
  /** what it does, in a line */
  summary: string;
  /** does it; the number is the exit code: 0 passed, 1 failed, 2 could not judge */
  run(words: string[]): Promise<number>;
}

/** Runs the verb in the first word with the words that follow. */
export async function main([verb = "help", ...words]: string[]): Promise<number> {
  const verbs = names("course/verbs").map((name) => name.replace(/\.ts$/, ""));
  if (verbs.includes(verb)) {
    const { run } = await import(`./verbs/${verb}.ts`) as Verb;
    try {
      return await run(words);
    } catch (error) {
      console.error(inASentence(error));
      return 2;
    }
  }
  if (verb !== "help") console.log(`The course has no verb "${verb}". It has:\n`);
  for (const name of verbs) {
    const { usage, summary } = await import(`./verbs/${name}.ts`) as Verb;
    console.log(`  ${usage}\n      ${summary}`);
  }
  return verb === "help" ? 0 : 2;
}

/** What is the learner's affair, or the machine's; all else is ours, and thrown on. */
function inASentence(error: unknown): string {
  if (error instanceof Misunderstanding) return error.message;
  const { code = "", path } = error as NodeJS.ErrnoException;
  if (!["EACCES", "EPERM", "EROFS", "ENOSPC"].includes(code)) throw error;
  return `Cannot write ${path} (${code}). Make room, or copy the course to a folder of your own`;
}
