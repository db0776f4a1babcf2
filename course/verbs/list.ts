/** @module */
import { exercises, type Lesson, lessons } from "../disk.ts";
import { loadProgress } from "../learner/progress.ts";
import { clip, columns, styled } from "../learner/screen.ts";
import { current } from "../learner/words.ts";

export const usage = "list";
export const summary = "the map of the course, with what you have solved";

/** Prints the map. */
export function run(): Promise<number> {
  console.log(mapLines().join("\n"));
  return Promise.resolve(0);
}

/** The map of the course as lines. */
export function mapLines(): string[] {
  const progress = loadProgress();
  const all = exercises();
  const here = current(all)?.key;
  const solved = all.filter((it) => progress.exercises[it.key]?.solved).length;
  return [
    styled("bold", "TCP by Hand"),
    ...lessons().flatMap((lesson) => [
      lessonLine(lesson),
      ...all.filter((it) => it.lesson === lesson.slug).map((it) => {
        const done = progress.exercises[it.key]?.solved;
        const mark = it.key === here ? "  <- you are here" : "";
        const line = clip(`  ${done ? "[x]" : "[ ]"} ${it.id} ${it.name}${mark}`);
        return done ? styled("green", line) : line;
      }),
    ]),
    `${solved} of ${all.length} exercises solved`,
  ];
}

function lessonLine({ number, title, file }: Lesson): string {
  const line = clip(`${number}  ${title}`);
  const isWide = line.length + 2 + file.length <= columns();
  return isWide ? `${line}  ${styled("dim", file)}` : line;
}
