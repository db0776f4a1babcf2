/** @module */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Transcript, transcripts } from "../lessons/console-fences.ts";
import { exercises, exists, type Lesson, lessons, read, root } from "../disk.ts";
import { freshFences, replaceBodies } from "../lessons/fences.ts";
import { navigation, withNavigation } from "../rules/lesson-rules.ts";
import { mapTable, withMap } from "../lessons/map.ts";
import { parseMarkdown } from "../lessons/markdown.ts";
import { mistakeText } from "../lessons/mistakes.ts";
import { findRuntime, here, type RuntimeName } from "../runtimes.ts";
import { driftedStubs, stubOf } from "../answers/stub.ts";
import { checkTranscript, freshTranscript, runsOn } from "../lessons/transcripts.ts";
import { missingTool } from "../../test/support/tool.ts";
import { draw, figures } from "../figures/figures.ts";
import { Misunderstanding } from "../misunderstanding.ts";
import { keep } from "./reset.ts";

export const usage = "sync [02 | stubs | figures]";
export const summary =
  "writes into the lessons what their programs are and print; or the stubs, or the pictures";

/** 0 when all is as it must be now, 2 when a transcript could not be run. */
export async function run(words: string[]): Promise<number> {
  if (words.includes("stubs")) return syncStubs();
  if (words.includes("figures")) return syncFigures();
  const chosen = lessons().filter(({ number, slug }) =>
    words.length === 0 || words.some((word) => word.padStart(2, "0") === number || word === slug)
  );
  if (chosen.length === 0) {
    throw new Misunderstanding(
      `There is no lesson "${words[0] ?? ""}". There are: ${lessons().map((it) => it.slug)}`,
    );
  }
  let code = 0;
  for (const lesson of chosen) code = Math.max(code, await syncLesson(lesson));
  syncMap();
  return code;
}

async function syncLesson({ file }: Lesson): Promise<number> {
  const markdown = parseMarkdown(file, read(file));
  const bodies = freshFences(markdown, root);
  for (const line of bodies.keys()) console.log(`${file}:${line} taken from its file`);
  let code = 0;
  for (const transcript of transcripts(markdown)) {
    const { line } = transcript.fence;
    const fresh = await refresh(transcript);
    if ("skipped" in fresh) {
      console.log(`${file}:${line} not run: ${fresh.skipped}`);
      code = 2;
    } else if (fresh.body) {
      console.log(`${file}:${line} run anew`);
      bodies.set(line, fresh.body);
    }
  }
  const text = withNavigation(replaceBodies(markdown, bodies), navigation(lessons(), file));
  const changed = text !== read(file);
  if (changed) writeFileSync(join(root, file), text);
  console.log(changed ? `${file} was written` : `${file} needs no change`);
  return code;
}

// What is true stays as it is: with the numbers that the reader knows.
async function refresh(transcript: Transcript): Promise<{ body?: string[] } | { skipped: string }> {
  const place = { root, runtime: runtimeFor(transcript) };
  const { mistakes, skipped } = await checkTranscript(transcript, place);
  if (skipped) return { skipped };
  if (mistakes.length === 0) return {};
  // Where the writer has typed the prompts alone, nothing was wrong.
  const typed = transcript.commands.some(({ output }) => output.length > 0);
  if (typed) console.log(mistakes.map(mistakeText).join("\n"));
  return await freshTranscript(transcript, place);
}

function runtimeFor(transcript: Transcript): RuntimeName {
  return runsOn(transcript, root).find((name) => findRuntime(name)) ?? here;
}

function syncMap(): void {
  if (!exists("README.md")) return;
  const text = withMap(read("README.md"), mapTable(lessons(), exercises()));
  if (text === read("README.md")) return;
  writeFileSync(join(root, "README.md"), text);
  console.log("README.md was written");
}

async function syncFigures(): Promise<number> {
  const missing = missingTool("tshark");
  if (missing) throw new Misunderstanding(`The pictures cannot be drawn: ${missing}`);
  mkdirSync(join(root, "lessons/figures"), { recursive: true });
  for (const figure of figures()) {
    const svg = await draw(figure);
    const changed = !exists(figure.file) || read(figure.file) !== svg;
    if (changed) writeFileSync(join(root, figure.file), svg);
    console.log(`${figure.file} ${changed ? "was drawn" : "needs no change"}`);
  }
  return 0;
}

function syncStubs(): number {
  const drifted = driftedStubs(exercises().map(({ key }) => key));
  for (const key of drifted) {
    const file = `exercises/${key}.ts`;
    const kept = exists(file) ? `, what was there is kept: ${keep(key)}` : "";
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), stubOf(key));
    console.log(`${file} was written${kept}`);
  }
  if (drifted.length === 0) console.log("Every stub is the one that is cut from its solution");
  return 0;
}
