import { lineY } from "@observablehq/plot";
import { expect, test } from "vitest";
import { exists, names, read } from "../../course/disk.ts";
import type { Segment } from "../../course/figures/capture.ts";
import { draw, figures } from "../../course/figures/figures.ts";
import { drawPlot } from "../../course/figures/plot.ts";
import { drawSequence } from "../../course/figures/sequence.ts";
import { statesOf } from "../../course/figures/states.ts";
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

/** A conversation in few words: who sends, flags, seq, ack, bytes. */
function conversation(...lines: string[]): Segment[] {
  return lines.map((line) => {
    const [who, flags = "", seq, ack, bytes = 0] = line.split(" ");
    return {
      ms: 0,
      from: who === "client" ? client : server,
      to: who === "client" ? server : client,
      flags: flags.split("+"),
      seq: Number(seq),
      ...(flags.includes("ACK") ? { ack: Number(ack) } : {}),
      payload: new Uint8Array(Number(bytes)),
    };
  });
}

const handshake = ["client SYN 0", "server SYN+ACK 0 1", "client ACK 1 1"];

/** RFC 9293: where each picture of its section 3.5 and 3.6 leads, client and server. */
const led: Record<string, [segments: string[], states: string]> = {
  "a handshake (figure 6)": [
    handshake,
    "CLOSED LISTEN, SYN-SENT SYN-RECEIVED, ESTABLISHED SYN-RECEIVED, ESTABLISHED ESTABLISHED",
  ],
  "an end in four segments (figure 12)": [
    [...handshake, "client FIN+ACK 1 1", "server ACK 1 2", "server FIN+ACK 1 2", "client ACK 2 2"],
    "FIN-WAIT-1 CLOSE-WAIT, FIN-WAIT-2 CLOSE-WAIT, TIME-WAIT LAST-ACK, TIME-WAIT CLOSED",
  ],
  "an end in three segments": [
    [...handshake, "server FIN+ACK 1 1 5", "client FIN+ACK 1 7", "server ACK 7 2"],
    "CLOSE-WAIT FIN-WAIT-1, LAST-ACK TIME-WAIT, CLOSED TIME-WAIT",
  ],
  "two ends at once (figure 13)": [
    [...handshake, "client FIN+ACK 1 1", "server FIN+ACK 1 1", "client ACK 2 2", "server ACK 2 2"],
    "FIN-WAIT-1 ESTABLISHED, CLOSING CLOSING, CLOSING TIME-WAIT, TIME-WAIT TIME-WAIT",
  ],
  "data that does not acknowledge the FIN": [
    [...handshake, "client FIN+ACK 1 1", "server ACK 1 1 9"],
    "FIN-WAIT-1 CLOSE-WAIT, FIN-WAIT-1 CLOSE-WAIT",
  ],
  "a reset": [
    [...handshake, "client FIN+ACK 1 1", "server RST+ACK 1 2"],
    "FIN-WAIT-1 CLOSE-WAIT, CLOSED CLOSED",
  ],
  "a reset in the middle of the handshake": [
    ["client SYN 0", "server SYN+ACK 0 1", "client RST 1"],
    "SYN-SENT SYN-RECEIVED, ESTABLISHED SYN-RECEIVED, CLOSED LISTEN",
  ],
  "a refusal": [
    ["client SYN 0", "server RST+ACK 0 1"],
    "CLOSED CLOSED, SYN-SENT CLOSED, CLOSED CLOSED",
  ],
};

test.for(Object.entries(led))("statesOf() follows %s", ([, [lines, wanted]], { expect }) => {
  const states = statesOf(conversation(...lines)).map(({ client, server }) =>
    `${client} ${server}`
  );
  expect(states.slice(-wanted.split(", ").length).join(", ")).toBe(wanted);
});

test("drawSequence() writes a state once, beside the lane of its end, and says it", () => {
  const svg = drawSequence("Who is where", conversation(...handshake), { states: true });
  const left = [...svg.matchAll(/class="state" x="\d+" y="\d+" text-anchor="end">([\w-]+)</g)];
  expect(left.map(([, state]) => state)).toEqual(["CLOSED", "SYN-SENT", "ESTABLISHED"]);
  expect(svg).toContain("The client is in CLOSED. The server is in LISTEN. After 0.00 ms");
  expect(svg).toContain("acknowledgment 1. The server is in ESTABLISHED.</desc>");
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
