/**
 * The vitest project that runs the exercise tests against the answers in one slot.
 *
 * @module
 */
import type { TestProjectInlineConfiguration } from "vitest/config";
import { answerPath } from "../answers/answers.ts";
import { root } from "../disk.ts";

/** What a test can ask of the project it runs in. */
declare module "vitest" {
  interface ProvidedContext {
    /** `"exercise"`, `"solution"`, `"wrong-2"` ... */
    slot: string;
  }
}

/**
 * A project in which `#exercises/KEY.ts` is the answer that the slot holds for KEY.
 *
 * @param slot See {@link answerPath}
 * @param include The test files, as paths from the root
 */
export function slotProject(slot: string, include: string[]): TestProjectInlineConfiguration {
  return {
    root,
    plugins: [{
      name: "answer-in-slot",
      enforce: "pre",
      resolveId(id: string) {
        const key = /^#exercises\/(.+)\.ts$/.exec(id)?.[1];
        return key ? answerPath(key, slot) : undefined;
      },
    }],
    test: {
      name: slot,
      include,
      provide: { slot },
      setupFiles: slot === "repo" ? [] : ["test/support/setup.ts"],
      pool: "forks",
      // The cache knows files, not slots: it would hand one slot the module of another.
      fsModuleCache: false,
      testTimeout: 60_000,
    },
  };
}
