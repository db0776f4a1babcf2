/**
 * The answer that a test file is about, when that is a program.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { afterAll, inject } from "vitest";
import { answerPath } from "../../course/answers/answers.ts";
import { fromRoot, permissions, read } from "../../course/disk.ts";
import { onThisRuntime } from "./program.ts";
import { Server, type StartOptions } from "./server.ts";

/** The program that a test file is about. */
export interface ProgramExercise {
  /** Starts it once more, for this test alone. */
  start(options?: StartOptions): Promise<Server>;
  /**
   * The one that runs for the whole file, started at its first use; a new story begins.
   *
   * @param args Its arguments, any port unless told: one runs for each set of them
   */
  running(args?: string[]): Promise<Server>;
}

/**
 * The program that a test file is about: the answer in the slot that the tests run for.
 *
 * @param testUrl `import.meta.url` of the test file, whose name is the exercise's
 */
export function programExercise(testUrl: string): ProgramExercise {
  const file = fileURLToPath(testUrl);
  const key = fromRoot(file).replace(/^test\/(.+)\.test\.ts$/, "$1");
  const shared = new Map<string, Server>();
  afterAll(async () => {
    for (const server of shared.values()) await server[Symbol.asyncDispose]();
  });

  const start = (options?: StartOptions) => {
    const path = answerPath(key, inject("slot"));
    if (!path) throw new Error(`There is no answer for ${key} in the slot ${inject("slot")}`);
    const flags = permissions(read(`solutions/${key}.ts`));
    return Server.start(onThisRuntime(path, flags), options);
  };
  const running = async (args: string[] = ["0"]) => {
    const before = shared.get(args.join(" "));
    before?.nextStory();
    const server = before ?? await start({ args });
    shared.set(args.join(" "), server);
    return server;
  };
  return { start, running };
}
