/**
 * The pictures in `lessons/figures/`: those that lessons show, each drawn from its data alone.
 *
 * A capture becomes a conversation in arrows. A measurement becomes what the file of its name in
 * `course/figures/plots/` says. The playbook is drawn from its own table.
 *
 * @module
 */
import { basename, join } from "node:path";
import { exists, lessons, names, read, root } from "../disk.ts";
import { readCapture } from "./capture.ts";
import { drawPlaybook } from "./playbook.ts";
import { drawPlot, type Picture, readRows, type Row } from "./plot.ts";
import { drawSequence } from "./sequence.ts";

/** A picture and what it is drawn from; paths from the root. */
export interface Figure {
  /** `"lessons/figures/01-tcp-whoami.svg"` */
  file: string;
  /** `"lessons/data/01-tcp/whoami.pcapng"` */
  source: string;
  /** of a measurement, `"course/figures/plots/10-frames/concat-cost.ts"` */
  plot?: string;
}

/** The page that is a picture, too. */
const playbook = { file: "lessons/figures/playbook.svg", source: "lessons/playbook.md" };

/** The pictures that lessons show: `01-tcp-whoami.svg` is drawn from `01-tcp/whoami.pcapng`. */
export function figures(): Figure[] {
  const texts = lessons().map(({ file }) => read(file)).join("\n");
  const ofData = names("lessons/data").filter((slug) => /^\d\d-/.test(slug))
    .flatMap((slug) => [...captures(slug), ...plots(slug)])
    .filter(({ file }) => texts.includes(`](${file.slice("lessons/".length)})`));
  return exists(playbook.source) ? [...ofData, playbook] : ofData;
}

function captures(slug: string): Figure[] {
  return names(`lessons/data/${slug}`).filter((name) => name.endsWith(".pcapng")).map((name) => ({
    file: `lessons/figures/${slug}-${basename(name, ".pcapng")}.svg`,
    source: `lessons/data/${slug}/${name}`,
  }));
}

function plots(slug: string): Figure[] {
  return names(`course/figures/plots/${slug}`).map((name) => basename(name, ".ts")).map((name) => ({
    file: `lessons/figures/${slug}-${name}.svg`,
    source: `lessons/data/${slug}/${name}.tsv`,
    plot: `course/figures/plots/${slug}/${name}.ts`,
  }));
}

/**
 * Draws a picture anew.
 *
 * @returns The text of its file
 */
export async function draw({ source, plot }: Figure): Promise<string> {
  if (source === playbook.source) return drawPlaybook(source);
  const title = titleOf(source);
  if (!plot) {
    return drawSequence(title, readCapture(join(root, source)), { states: hasStates(source) });
  }
  const { picture } = await import(new URL(`../../${plot}`, import.meta.url).href) as {
    picture: (rows: Row[]) => Picture;
  };
  return drawPlot(title, picture(readRows(source)));
}

/** The states of a connection are a matter of lesson 11, and of those behind it. */
function hasStates(source: string): boolean {
  return Number(/\/(\d\d)-/.exec(source)?.[1]) >= 11;
}

/** What the command that made the data says of it: the comment at its beginning, in one line. */
function titleOf(source: string): string {
  const script = source.replace(/\.\w+$/, ".sh");
  if (!exists(script)) throw new Error(`${source} has no ${script}, the command that made it`);
  const comment = read(script).split("\n").slice(1);
  const end = comment.findIndex((line) => !line.startsWith("# "));
  return comment.slice(0, end).map((line) => line.slice(2)).join(" ");
}
