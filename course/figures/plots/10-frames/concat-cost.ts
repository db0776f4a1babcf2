/**
 * What a message costs by its size, when all is joined with each chunk and when it is joined once.
 *
 * @module
 */
import { axisX, axisY, dot, gridY, lineY, ruleY } from "@observablehq/plot";
import type { Picture, Row } from "../../plot.ts";

/** @param rows runtime, mebibytes, concatMs, listMs */
export function picture(rows: Row[]): Picture {
  const of = (runtime: string, column: string) =>
    rows.filter((row) => row.runtime === runtime)
      .map((row) => ({ size: row.mebibytes!, seconds: Number(row[column]) / 1000 }));
  const [node, deno, list] = [of("Node", "concatMs"), of("Deno", "concatMs"), of("Node", "listMs")];
  const end = (points: typeof node) => points.at(-1)!;
  const curve = (points: typeof node, color: string) => [
    lineY(points, { x: "size", y: "seconds", stroke: `var(${color})`, strokeWidth: 2 }),
    dot(points, { x: "size", y: "seconds", fill: `var(${color})`, r: 2.5 }),
  ];
  const { size } = end(node);
  return {
    desc:
      `A message of ${size} MiB in chunks of 1024 bytes takes ${end(node).seconds.toFixed(1)} s ` +
      `on Node and ${
        end(deno).seconds.toFixed(1)
      } s on Deno when all is joined with each chunk, and ` +
      `${
        (end(list).seconds * 1000).toFixed(0)
      } ms on Node when the chunks are joined once. The two ` +
      "upper curves are parabolas, the lowest a line at the bottom.",
    legend: {
      "--second": "Buffer.concat() with each chunk, Node",
      "--third": "the same, Deno",
      "--first": "a list of chunks, Node",
    },
    options: {
      height: 240,
      x: { domain: [0, Number(size)] },
      y: { domain: [0, Math.max(end(node).seconds, end(deno).seconds)], nice: true },
      marks: [
        gridY(),
        ruleY([0], { stroke: "var(--line)" }),
        axisX({ label: "size of the message, MiB", ticks: [0, 2, 4, 6, 8] }),
        axisY({ label: "seconds of processor time" }),
        ...curve(node, "--second"),
        ...curve(deno, "--third"),
        ...curve(list, "--first"),
      ],
    },
  };
}
