/**
 * The pictures in `lessons/figures/`: one for every stored capture, drawn from it and nothing else.
 *
 * @module
 */
import { basename, join } from "node:path";
import { exists, names, read, root } from "../disk.ts";
import { readCapture } from "./capture.ts";
import { drawSequence } from "./sequence.ts";

/** A picture and what it is drawn from; paths from the root. */
export interface Figure {
  file: string;
  source: string;
}

/** All pictures that there must be. */
export function figures(): Figure[] {
  return names("lessons/data").filter((slug) => /^\d\d-/.test(slug)).flatMap((slug) =>
    names(`lessons/data/${slug}`).filter((name) => name.endsWith(".pcapng")).map((name) => ({
      file: `lessons/figures/${slug}-${basename(name, ".pcapng")}.svg`,
      source: `lessons/data/${slug}/${name}`,
    }))
  );
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
