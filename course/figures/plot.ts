/**
 * Draws a measurement: what Observable Plot makes of its rows, in the manner of all pictures.
 *
 * @module
 */
import { plot, type PlotOptions } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { read } from "../disk.ts";
import { escape, svg, width } from "./svg.ts";

/** A line of a measurement: numbers where they are numbers. */
export type Row = Record<string, string | number>;

/** How a measurement is shown: what a file in `plots/` makes of its rows. */
export interface Picture {
  /** what it says to those who do not see it, figures included */
  desc: string;
  /** what each colour stands for, `{ "--first": "a list of chunks" }`; at most three */
  legend?: Record<string, string>;
  /** `height` with it; colours are `var(--ink)`, `var(--first)`, `var(--second)`, `var(--third)` */
  options: PlotOptions & { height: number };
}

const style = `
    .plot text { font-size: 11px; }
    .plot [aria-label$="grid"] { stroke: var(--line); stroke-opacity: 0.3; }`;

/** How high a line of the legend is. */
const lineHeight = 18;

/** Room for the numbers and words at the edges. */
const margins = { marginTop: 26, marginRight: 16, marginBottom: 38, marginLeft: 48 };

/**
 * Reads a measurement.
 *
 * @param path A file of values between tabs: lines that begin with `#`, one of names, then the rows
 */
export function readRows(path: string): Row[] {
  const lines = read(path).trimEnd().split("\n").filter((line) => !line.startsWith("#"));
  const [names = [], ...rows] = lines.map((line) => line.split("\t"));
  return rows.map((row) => {
    if (row.length !== names.length) {
      throw new Error(`${path}: ${row.join(" ")} has ${row.length} values, wanted ${names.length}`);
    }
    return Object.fromEntries(names.map((name, i) => [name, valueOf(row[i]!)]));
  });
}

function valueOf(text: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/**
 * Draws a measurement.
 *
 * @param title What the picture shows
 * @returns The text of an SVG file
 */
export function drawPlot(title: string, { desc, legend = {}, options }: Picture): string {
  const { document } = parseHTML("<html></html>") as unknown as { document: never };
  const drawn = plot({
    width,
    className: "plot",
    ...margins,
    ...options,
    document,
  });
  const lines = Object.entries(legend).map(([color, text], i) => {
    const y = 22 + i * lineHeight;
    return `  <path d="M12 ${y - 4}h16" stroke="var(${color})" stroke-width="3"/>
  <text x="36" y="${y}">${escape(text)}</text>`;
  });
  const top = lines.length > 0 ? 10 + lines.length * lineHeight : 0;
  // Of what the library writes around its marks, its own rules for a page are not needed here.
  const marks = drawn.innerHTML.replace(/<style>.*?<\/style>/s, "");
  const body = [
    ...lines,
    `  <g class="plot" transform="translate(0 ${top})" fill="var(--ink)" color="var(--ink)" ` +
    `text-anchor="middle">`,
    marks.replaceAll(/(?=<(?:g|path|line|text|rect)\b)/g, "\n    ").trimStart(),
    "  </g>",
  ].join("\n");
  return svg({ title, desc, height: options.height + top, style, body });
}
