// What `npx vitest` and an editor's test button run: the learner's own answers.
import { defineConfig } from "vitest/config";
import { slotProject } from "./course/judge/slots.ts";

export default defineConfig(slotProject("exercise", ["test/[0-9]*/*.test.ts"]));
