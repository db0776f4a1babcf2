/**
 * How large the chunks are in which one write of 1 MiB arrives.
 *
 * @module
 */
import { ruleX, ruleY } from "@observablehq/plot";
import type { Picture, Row } from "../../plot.ts";

const colors: Record<string, string> = { Node: "var(--first)", Deno: "var(--second)" };

/** Draws a line for each size that occurred: how often, in a hundred writes. */
export function picture(rows: Row[]): Picture {
  const sizes = rows.filter((row) => row.of === "bytes").map((row) => ({
    runtime: String(row.runtime),
    kib: Number(row.value) / 1024,
    chunks: Number(row.times) / writesOf(String(row.runtime), rows) * 100,
  }));
  return {
    desc: Object.keys(colors).map((runtime) => describe(runtime, rows)).join(" "),
    options: {
      height: 280,
      x: { label: "size of a chunk, KiB", domain: [0, 64], ticks: [0, 16, 32, 48, 64] },
      y: {
        type: "log",
        domain: [0.4, 2000],
        ticks: [1, 10, 100, 1000],
        tickFormat: String,
        label: "chunks in 100 writes",
        grid: true,
      },
      fy: { domain: Object.keys(colors), label: null },
      marginRight: 40,
      marks: [
        ruleX(sizes, {
          fy: "runtime",
          x: "kib",
          y1: 0.4,
          y2: "chunks",
          stroke: ({ runtime }: { runtime: string }) => colors[runtime],
          strokeWidth: 2,
        }),
        ruleY([0.4], { stroke: "var(--line)" }),
      ],
    },
  };
}

/** Of so many writes the rows of a runtime tell: in each number of chunks some arrived. */
function writesOf(runtime: string, rows: Row[]): number {
  return rows.filter((row) => row.runtime === runtime && row.of === "chunks")
    .reduce((sum, row) => sum + Number(row.times), 0);
}

function describe(runtime: string, rows: Row[]): string {
  const mine = rows.filter((row) => row.runtime === runtime);
  const chunks = mine.filter((row) => row.of === "bytes");
  const total = chunks.reduce((sum, row) => sum + Number(row.times), 0);
  const full = chunks.find((row) => row.value === 65536)?.times ?? 0;
  const share = Math.round(100 * Number(full) / total);
  const counts = mine.filter((row) => row.of === "chunks").map((row) => Number(row.value));
  return `${runtime}: ${share} % of the chunks had 65536 bytes, the others ${chunks.length - 1} ` +
    `other sizes; a write arrived in ${Math.min(...counts)} to ${Math.max(...counts)} chunks.`;
}
