import { test } from "vitest";
import { programExercise } from "#support/exercise.ts";

const { running } = programExercise(import.meta.url);

test("server says hello and ends", async () => {
  const server = await running();
  await using ada = await server.connect("Ada");
  await ada.receive("Hello\n");
  await ada.receiveEnd();
});
