/**
 * The pictures in `lessons/figures/`: those that lessons show, each drawn from its data alone.
 *
 * @module
 */
import { basename, join } from "node:path";
import { exists, lessons, names, read, root } from "../disk.ts";
import { readCapture } from "./capture.ts";
import { drawSequence } from "./sequence.ts";

/** A picture and what it is drawn from; paths from the root. */
export interface Figure {
  file: string;
  source: string;
}

/** The pictures that lessons show: `01-tcp-whoami.svg` is drawn from `01-tcp/whoami.pcapng`. */
export function figures(): Figure[] {
  const captures = names("lessons/data").filter((slug) => /^\d\d-/.test(slug)).flatMap((slug) =>
    names(`lessons/data/${slug}`).filter((name) => name.endsWith(".pcapng")).map((name) => ({
      file: `lessons/figures/${slug}-${basename(name, ".pcapng")}.svg`,
      source: `lessons/data/${slug}/${name}`,
    }))
  );
  const texts = lessons().map(({ file }) => read(file)).join("\n");
  return captures.filter(({ file }) => texts.includes(`](${file.slice("lessons/".length)})`));
}

/**
 * Draws a picture anew.
 *
 * @returns The text of its file
 */
export function draw({ source }: Figure): string {
  return drawSequence(titleOf(source), readCapture(join(root, source)));
}

/** What the command that made a capture says of it: the comment at its beginning, in one line. */
function titleOf(source: string): string {
  const script = source.replace(/\.pcapng$/, ".sh");
  if (!exists(script)) throw new Error(`${source} has no ${script}, the command that made it`);
  const comment = read(script).split("\n").slice(1);
  const end = comment.findIndex((line) => !line.startsWith("# "));
  return comment.slice(0, end).map((line) => line.slice(2)).join(" ");
}
