/**
 * Set up for every test of an exercise: the first failure ends the file, and no error goes unseen.
 *
 * @module
 */
import "./guard.ts";
import process from "node:process";
import { afterEach, beforeEach } from "vitest";
import { Story } from "./story.ts";
import { Verdict } from "./verdict.ts";

const stray: unknown[] = [];
process.on("uncaughtException", (error) => stray.push(error));
process.on("unhandledRejection", (error) => stray.push(error));

let failed = "";

beforeEach(({ skip }) => {
  if (failed) skip(`not run after "${failed}"`);
  stray.length = 0;
});

afterEach(async ({ task }) => {
  await new Promise((resolve) => setImmediate(resolve));
  if (task.result?.state === "fail") failed = task.name;
  const [error] = stray;
  if (failed || error === undefined) return;
  failed = task.name;
  const story = new Story();
  story.tell(`an error reached the process: ${error}`);
  throw new Verdict("threw", `It threw where no caller could catch it: ${error}`, { story });
});
