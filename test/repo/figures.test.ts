import { lineY } from "@observablehq/plot";
import { expect, test } from "vitest";
import { exists, names, read } from "../../course/disk.ts";
import type { Segment } from "../../course/figures/capture.ts";
import { draw, figures } from "../../course/figures/figures.ts";
import { drawPlot } from "../../course/figures/plot.ts";
import { drawSequence } from "../../course/figures/sequence.ts";
import { missingTool } from "#support/tool.ts";

const all = figures();

test.for(all)("$file is what its data tells", async (figure, { expect, skip }) => {
  const missing = figure.plot ? undefined : missingTool("tshark");
  if (missing) return skip(missing);
  expect(exists(figure.file), "npm run course sync figures").toBe(true);
  expect(await draw(figure)).toBe(read(figure.file));
});

test("every picture has its data, and a lesson that shows it", () => {
  const drawn = all.map(({ file }) => file.slice("lessons/figures/".length));
  expect(names("lessons/figures").filter((name) => !drawn.includes(name))).toEqual([]);
});

const client = { address: "10.0.0.2", port: 40000 };
const server = { address: "10.0.0.1", port: 65432 };
const segments: Segment[] = [
  { ms: 0, from: client, to: server, flags: ["SYN"], seq: 0, payload: Buffer.of() },
  {
    ms: 0.02,
    from: server,
    to: client,
    flags: ["RST", "ACK"],
    seq: 1,
    ack: 1,
    payload: Buffer.of(),
  },
  {
    ms: 7,
    from: client,
    to: server,
    flags: ["ACK"],
    seq: 1,
    ack: 1,
    payload: Buffer.from(`<b>&amp; "a" ${"x".repeat(99)}`),
  },
  { ms: 8, from: server, to: client, flags: ["ACK"], seq: 1, payload: Buffer.alloc(99) },
];

test("drawSequence() tells the same in words as in arrows", () => {
  const svg = drawSequence("Who < whom", segments);
  expect(svg).toContain('<title id="title">Who &lt; whom</title>');
  expect(svg).toContain(
    "After 0.00 ms the client sends SYN: sequence number 0. " +
      "After 0.02 ms the server sends RST and ACK: sequence number 1, acknowledgment 1. " +
      "After 7.00 ms the client sends ACK with 112 bytes, ",
  );
  expect(svg).not.toContain("<b>");
  expect(svg.match(/class="arrow/g)).toHaveLength(segments.length);
});

test("drawSequence() keeps every text between its edges, on a phone as well", () => {
  const svg = drawSequence("It is wide", segments);
  // In a monospaced font of 11 px a character takes 6.6 px.
  for (const [, text] of svg.matchAll(/class="mono"[^>]*>([^<]*)</g)) {
    const shown = text!.replaceAll(/&\w+;/g, "&");
    expect(shown.length * 6.6).toBeLessThan(245);
  }
});

test("drawPlot() writes what each colour stands for, and keeps the words beside the marks", () => {
  const svg = drawPlot("Cost < benefit", {
    desc: "2 ms against 4 ms",
    legend: { "--first": "a list & its end" },
    options: {
      height: 100,
      marks: [lineY([{ mib: 1, ms: 2 }, { mib: 2, ms: 4 }], { x: "mib", y: "ms" })],
    },
  });
  expect(svg).toContain('<title id="title">Cost &lt; benefit</title>');
  expect(svg).toContain('<desc id="desc">2 ms against 4 ms</desc>');
  expect(svg).toContain("a list &amp; its end</text>");
  expect(svg).toMatch(/viewBox="0 0 340 128"/);
  expect(svg).toMatch(/<path [^>]*d="M/);
});
