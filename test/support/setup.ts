/**
 * Set up for every test of an exercise: the first failure ends the file, and no error goes unseen.
 *
 * @module
 */
import "./guard.ts";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { afterEach, beforeEach, expect, inject } from "vitest";
import { fromRoot } from "../../course/disk.ts";
import { noteBoot } from "./deadline.ts";
import { Story } from "./story.ts";
import { forgetStray, seenStray } from "./stray.ts";
import { Verdict } from "./verdict.ts";

// Whoever watches this process sees by the heartbeat that its event loop turns.
const folder = process.env.COURSE_PIDS;
if (folder) {
  const file = fromRoot(expect.getState().testPath ?? "");
  const place = JSON.stringify({ slot: inject("slot"), file });
  const beat = () => writeFileSync(join(folder, `beat-${process.pid}`), place);
  beat();
  setInterval(beat, 250).unref();
}

noteBoot(performance.now());

let failed = "";

beforeEach(({ skip }) => {
  if (failed) skip(`not run after "${failed}"`);
  forgetStray();
});

afterEach(async ({ task }) => {
  await new Promise((resolve) => setImmediate(resolve));
  if (task.result?.state === "fail") failed = task.name;
  const error = seenStray();
  if (failed || !error) return;
  failed = task.name;
  const story = new Story();
  story.tell(`an error reached the process: ${error.stray}`);
  throw new Verdict("threw", `It threw where no caller could catch it: ${error.stray}`, { story });
});
