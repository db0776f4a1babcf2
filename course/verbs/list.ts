/** @module */
import { exercises, lessons } from "../disk.ts";
import { loadProgress } from "../progress.ts";
import { clip, styled } from "../screen.ts";
import { current } from "../words.ts";

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
      clip(`${lesson.number}  ${lesson.title}  ${styled("dim", lesson.file)}`),
      ...all.filter((it) => it.lesson === lesson.slug).map((it) => {
        const done = progress.exercises[it.key]?.solved;
        const line = clip(`  ${done ? "[x]" : "[ ]"} ${it.id} ${it.name}`);
        return (done ? styled("green", line) : line) + (it.key === here ? "  <- you are here" : "");
      }),
    ]),
    `${solved} of ${all.length} exercises solved`,
  ];
}
