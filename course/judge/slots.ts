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
        return answerTo(id, slot);
      },
      // The cache would hand one slot the answer in another.
      configureVitest({ defineCacheKeyGenerator }) {
        defineCacheKeyGenerator(({ sourceCode }) =>
          sourceCode.match(/#exercises\/[^"]+/g)?.map((id) => answerTo(id, slot)).join() ?? ""
        );
      },
    }],
    test: {
      name: slot,
      include,
      provide: { slot },
      setupFiles: slot === "repo" ? [] : ["test/support/setup.ts"],
      pool: "forks",
      // Saves 0.3 s of the time to a verdict.
      fsModuleCache: true,
      fsModuleCachePath: ".course/cache/modules",
      testTimeout: 60_000,
    },
  };
}

function answerTo(id: string, slot: string): string | undefined {
  const key = /^#exercises\/(.+)\.ts$/.exec(id)?.[1];
  return key ? answerPath(key, slot) : undefined;
}
